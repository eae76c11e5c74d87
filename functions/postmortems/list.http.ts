import { toText } from '../../shared/kernel/index.ts';
import { postmortemsApi } from '../../shared/postmortems/api.ts';
import { listPostmortems } from '../aws/postmortem-log.ts';
import { readCursor, writeCursor } from '../edge/page-token.ts';
import { verb } from '../edge/verb.ts';

/** The post-mortems of the organisation, a page at a time. */
export const list = verb({
  api: postmortemsApi.list,
  run: async ({ ctx: { org }, query: { limit, cursor } }) => {
    const listing = { org, of: { list: 'postmortems' } };
    const page = await listPostmortems(org, {
      limit,
      ...(cursor !== undefined && { after: readCursor(listing, cursor) }),
    });
    return {
      items: page.items.map(({ id, incident, name, title, status, createdAt, updatedAt }) => ({
        ...{ id, incident, name, title, status },
        ...{ createdAt: toText(createdAt), updatedAt: toText(updatedAt) },
      })),
      ...(page.next && { next: writeCursor(listing, page.next) }),
    };
  },
});
