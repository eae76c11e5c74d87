import { type OrganisationId, toText } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { pageOfOrganisation } from '../aws/page-log.ts';
import { listSubscribers } from '../aws/subscribers.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';

/** The subscribers of the page, in the order of their ids. */
export const listSubscribersOfPage = verb({
  api: statusApi['list-subscribers'],
  run: async ({ ctx: { org }, query: { limit, cursor } }) => {
    const listing = { org, of: { list: 'subscribers' } };
    const [after] = cursor === undefined ? [] : readCursor(listing, cursor);
    const page = { limit, ...(after !== undefined && { after }) };
    const { items, next } = await listSubscribers(org, pageOfOrganisation(org), page);
    return {
      items: items.map(({ id, email, state, askedAt }) => ({ id, email, state, askedAt: toText(askedAt) })),
      ...(cursor === undefined && { counts: await counted(org) }),
      ...(next !== undefined && { next: writeCursor(listing, [next]) }),
    };
  },
});

/** More than these are not counted: they would be read for each look. */
const COUNTED = 5_000;

async function counted(org: OrganisationId) {
  const { items, next } = await listSubscribers(org, pageOfOrganisation(org), { limit: COUNTED });
  const confirmed = items.filter(({ state }) => state === 'confirmed').length;
  const more = next === undefined ? {} : ({ more: true } as const);
  return { confirmed, pending: items.length - confirmed, ...more };
}
