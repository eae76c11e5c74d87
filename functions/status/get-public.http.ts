import { Refusal } from '../../shared/kernel/index.ts';
import { statusApi } from '../../shared/status/api.ts';
import { viewPublic } from '../../shared/status/index.ts';
import { clock } from '../aws/clock.ts';
import { loadPage, openPageDoor } from '../aws/page-log.ts';
import { reply } from '../edge/reply.ts';
import { openVerb } from '../edge/verb.ts';

/** The page as everybody sees it: anybody may ask, from any site. */
export const getPublic = openVerb({
  api: statusApi['get-public'],
  run: async ({ query }) => {
    const door = await openPageDoor(query.page ?? 'root');
    if (door === undefined) {
      const wanted =
        query.page === undefined ? 'There is no status page yet.' : `There is no page '${query.page}'.`;
      throw new Refusal('not_found', wanted, 'query.page');
    }
    const { page, state } = await loadPage(door.org, door.page);
    const open = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=10' };
    return reply(200, viewPublic(state, { id: page, now: clock.now() }), open);
  },
});
