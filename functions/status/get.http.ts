import { statusApi } from '../../shared/status/api.ts';
import { viewInternal } from '../../shared/status/index.ts';
import { clock } from '../aws/clock.ts';
import { setting } from '../aws/settings.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { pageAddress } from './place.ts';
import { loadProposed } from './proposed.ts';

/** The page as members see it, with what the organisation's incidents propose to tell. */
export const get = verb({
  api: statusApi.get,
  run: async ({ ctx: { org } }) => {
    const { page, root, state, proposals } = await loadProposed(org);
    const answer = {
      ...viewInternal(state, { id: page, now: clock.now() }),
      proposals,
      ...(root !== undefined && { address: pageAddress(setting('statusUrl'), { page, root }) }),
    };
    return reply(200, answer, { etag: `"${state.version}"` });
  },
});
