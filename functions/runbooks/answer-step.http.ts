import { runbooksApi } from '../../shared/runbooks/api.ts';
import { clock } from '../aws/clock.ts';
import { commandRun } from '../aws/run-log.ts';
import { verb } from '../edge/verb.ts';
import { thatRun } from './known-run.ts';
import { sendNext } from './messages.ts';
import { shownRun } from './shown-run.ts';

/** Records a person's word on the step that waits, and has the run go on. */
export const answerStep = verb({
  api: runbooksApi['answer-step'],
  run: async ({ ctx: { org, actor }, params: { id, step }, body, cause }) => {
    const now = clock.now();
    const { answer, note } = body;
    const said = { do: 'answer', step, answer, actor, ...(note !== undefined && { note }) } as const;
    const outcome = await commandRun(org, id, said, { actor, now, cause });
    const run = thatRun(outcome?.run, id);
    await sendNext(run, now);
    return shownRun(run, actor);
  },
});
