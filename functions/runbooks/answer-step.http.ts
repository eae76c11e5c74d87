import type { OrganisationId, RunId } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { sendsDigest } from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { commandRun, loadRun } from '../aws/run-log.ts';
import { verb } from '../edge/verb.ts';
import { thatRun } from './known-run.ts';
import { sendNext } from './messages.ts';
import { prepared } from './prepared.ts';
import { shownRun } from './shown-run.ts';

/** Records a person's word on the step that waits, and has the run go on. */
export const answerStep = verb({
  api: runbooksApi['answer-step'],
  run: async ({ ctx: { org, actor }, params: { id, step }, body, cause }) => {
    const now = clock.now();
    const { answer, note } = body;
    const sends = answer === 'approve' || answer === 'again' ? await sendsNow(org, id, step) : undefined;
    const more = { ...(note !== undefined && { note }), ...(sends !== undefined && { sends }) };
    const said = { do: 'answer', step, answer, actor, ...more } as const;
    const outcome = await commandRun(org, id, said, { actor, now, cause });
    const run = thatRun(outcome?.run, id);
    await sendNext(run, now);
    return shownRun(run, actor);
  },
});

/** By what it is known later whether the step still sends what it shows now; undefined where there is no such run. */
async function sendsNow(org: OrganisationId, id: RunId, step: string): Promise<string | undefined> {
  const run = await loadRun(org, id);
  return run && sendsDigest(await prepared(run, step));
}
