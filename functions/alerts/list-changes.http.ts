import { alertsApi } from '../../shared/alerts/api.ts';
import { serviceNamed, viewChange } from '../../shared/alerts/index.ts';
import { DAY, Refusal } from '../../shared/kernel/index.ts';
import { readChanges } from '../aws/changes.ts';
import { clock } from '../aws/clock.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';

/** The longest time that one question may span. */
const LONGEST = 400 * DAY;

/** What was changed in a time, newest first. */
export const listChanges = verb({
  api: alertsApi['list-changes'],
  run: async ({ ctx: { org }, query: { limit, cursor, service, ...asked } }) => {
    const to = asked.to ?? clock.now();
    const from = asked.from ?? to - DAY;
    if (from > to || to - from > LONGEST) {
      throw new Refusal(
        'invalid',
        'Ask for at most 400 days, from an earlier to a later time.',
        'query.from',
      );
    }
    const listing = { org, of: { list: 'changes', service, from: asked.from, to: asked.to } };
    const before = cursor === undefined ? undefined : readCursor(listing, cursor)[0];
    const page = await readChanges(org, { from, to, limit, ...(before !== undefined && { before }) });
    const wanted = service === undefined ? undefined : (serviceNamed(service) ?? service);
    const items = page.changes.filter((change) => wanted === undefined || change.service === wanted);
    return {
      items: items.map(viewChange),
      ...(page.next !== undefined && { next: writeCursor(listing, [page.next]) }),
    };
  },
});
