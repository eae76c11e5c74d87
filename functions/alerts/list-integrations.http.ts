import { alertsApi } from '../../shared/alerts/api.ts';
import { schema } from '../../shared/table/index.ts';
import { table } from '../aws/table.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';
import { type IntegrationRow, viewOf } from './integration-row.ts';

/** One page of the organisation's integrations. */
export const listIntegrations = verb({
  api: alertsApi['list-integrations'],
  run: async ({ ctx: { org }, query: { limit, cursor } }) => {
    const listing = { org, of: { list: 'integrations' } };
    const page = await table.query<IntegrationRow>({
      partition: schema.integration.partition({ org }),
      limit,
      ...(cursor !== undefined && { after: readCursor(listing, cursor) }),
    });
    const items = page.items.map(viewOf);
    return page.next === undefined ? { items } : { items, next: writeCursor(listing, page.next) };
  },
});
