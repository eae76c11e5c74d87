import { runbooksApi } from '../../shared/runbooks/api.ts';
import { viewRunbook } from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { setRemoved } from './set-removed.ts';

/** Brings a removed runbook back as it was. */
export const restore = verb({
  api: runbooksApi.restore,
  run: async ({ ctx: { org, actor }, params: { id } }) => {
    const saved = await setRemoved(org, id, false, { actor, at: clock.now() });
    return reply(200, viewRunbook(saved), { etag: `"${saved.revision}"` });
  },
});
