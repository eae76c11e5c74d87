import { runbooksApi } from '../../shared/runbooks/api.ts';
import { clock } from '../aws/clock.ts';
import { commandRun } from '../aws/run-log.ts';
import { verb } from '../edge/verb.ts';
import { thatRun } from './known-run.ts';
import { shownRun } from './shown-run.ts';

/** Ends a run before its end. One that is over already stays as it ended. */
export const cancelRun = verb({
  api: runbooksApi['cancel-run'],
  run: async ({ ctx: { org, actor }, params: { id }, body: { note }, cause }) => {
    const wanted = { do: 'cancel', ...(note !== undefined && { note }) } as const;
    const outcome = await commandRun(org, id, wanted, { actor, now: clock.now(), cause });
    return shownRun(thatRun(outcome?.run, id), actor);
  },
});
