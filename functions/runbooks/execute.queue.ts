import { system } from '../../shared/kernel/index.ts';
import { isEarly, type Run, type RunFact } from '../../shared/runbooks/index.ts';
import { functions, type RunMessage } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { commandRun } from '../aws/run-log.ts';
import { readSettings } from '../aws/settings.ts';
import { queueWorker } from '../edge/queue.ts';
import { parseMessage, sendNext } from './messages.ts';
import { perform } from './perform.ts';
import { tryCluster } from './try-cluster.ts';

readSettings(functions.Execute.env);

const actor = system('runbooks');

/** Takes a run one step on, or looks whether a cluster can be reached. */
export const handler = queueWorker(parseMessage, (message) =>
  message.kind === 'run' ? oneStepOn(message) : tryCluster(message),
);

/**
 * One load, one decision, one record, at most one effect, and the message of the next. The effect is
 * claimed before and marked after, so that a second message finds nothing to do.
 */
async function oneStepOn({ org, run: id }: RunMessage): Promise<void> {
  const outcome = await commandRun(org, id, { do: 'advance' }, { actor, now: clock.now() });
  if (outcome === undefined) return;
  if (outcome.facts.length === 0) {
    const now = clock.now();
    return isEarly(outcome.run, now) ? sendNext(outcome.run, now) : undefined;
  }
  await sendNext(await carriedOut(outcome), clock.now());
}

/** The run after the effect that was claimed, if one was. */
async function carriedOut({ run, facts }: { run: Run; facts: readonly RunFact[] }): Promise<Run> {
  const claim = facts.find((fact) => fact.type === 'step.started');
  const planned = run.plan.find(({ id }) => id === claim?.data.step);
  if (claim === undefined || planned === undefined) return run;
  const { step, attempt, token } = claim.data;
  const result = await perform(run, planned, token);
  const settled = { do: 'settle', step, attempt, result } as const;
  return (await commandRun(run.org, run.id, settled, { actor, now: clock.now() }))?.run ?? run;
}
