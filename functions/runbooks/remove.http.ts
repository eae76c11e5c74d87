import { runbooksApi } from '../../shared/runbooks/api.ts';
import { viewRunbook } from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { runsGoingOn } from '../aws/run-rows.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { setRemoved } from './set-removed.ts';

/** Removes a runbook, which can be brought back; says which runs of it go on. */
export const remove = verb({
  api: runbooksApi.remove,
  run: async ({ ctx: { org, actor }, params: { id } }) => {
    const saved = await setRemoved(org, id, true, { actor, at: clock.now() });
    // Read after it, so that what began before is named.
    const goingOn = [...(await runsGoingOn(org, id))];
    return reply(200, { ...viewRunbook(saved), goingOn }, { etag: `"${saved.revision}"` });
  },
});
