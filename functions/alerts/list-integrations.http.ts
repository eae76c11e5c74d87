import { alertsApi } from '../../shared/alerts/api.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { readActivity } from '../aws/integration-activity.ts';
import { table } from '../aws/table.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';
import { type IntegrationRow, viewOf } from './integration-row.ts';

/** One page of the organisation's integrations, each with what came from it lately. */
export const listIntegrations = verb({
  api: alertsApi['list-integrations'],
  run: async ({ ctx: { org }, query: { limit, cursor } }) => {
    const listing = { org, of: { list: 'integrations' } };
    const now = clock.now();
    const [page, activityOf] = await allDone([
      table.query<IntegrationRow>({
        partition: schema.integration.partition({ org }),
        limit,
        ...(cursor !== undefined && { after: readCursor(listing, cursor) }),
      }),
      readActivity(org, now),
    ]);
    const items = page.items.map((row) => viewOf(row, activityOf(row.id), now));
    return page.next === undefined ? { items } : { items, next: writeCursor(listing, page.next) };
  },
});
