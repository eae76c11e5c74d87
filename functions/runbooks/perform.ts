import { type Instant, masked, SECOND } from '../../shared/kernel/index.ts';
import {
  commandOf,
  type EffectResult,
  isEffect,
  isRefused,
  outgoing,
  type PlannedStep,
  type Run,
  runValues,
  type Step,
} from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { knownRunbook } from '../aws/runbooks.ts';
import { logFault } from '../edge/errors.ts';
import { performAutomation } from './perform-automation.ts';
import { performHttp } from './perform-http.ts';
import { performKubectl } from './perform-kubectl.ts';
import { performLambda } from './perform-lambda.ts';
import { surroundings } from './surroundings.ts';

/** How long one attempt may take: less than the function may run. */
const LONGEST = 7 * SECOND;
/** The most that is kept of a reason, in bytes. */
const MOST_SAID = 600;

/** What every way of carrying a command out is told. */
export interface Performing {
  readonly run: Run;
  readonly step: Step;
  readonly planned: PlannedStep;
  /** No request begins or goes on after this. */
  readonly until: Instant;
  /** By which it is found what was started before; absent when it is to be started. */
  readonly token: string | undefined;
}

/** Carries out the command of a step that was claimed: once, and what comes out is masked and cut. */
export async function perform(
  run: Run,
  planned: PlannedStep,
  token: string | undefined,
): Promise<EffectResult> {
  const result = await attempt(run, planned, token).catch((error: unknown): EffectResult => {
    logFault(error, `step ${planned.id} of ${run.id}`);
    return { is: 'unknown', reason: 'It failed in a way that was not foreseen; see the log of the function' };
  });
  return {
    ...result,
    ...('output' in result && result.output !== undefined && { output: masked(result.output) }),
    ...('reason' in result && { reason: masked(result.reason, MOST_SAID) }),
  } as EffectResult;
}

async function attempt(run: Run, planned: PlannedStep, token: string | undefined): Promise<EffectResult> {
  const until = clock.now() + Math.min(LONGEST, planned.timeout);
  const { runbook } = await knownRunbook(run.org, run.runbook, run.runbookVersion);
  const step = runbook.steps.find(({ id }) => id === planned.id);
  const command = step === undefined ? undefined : commandOf(step);
  if (step === undefined || command === undefined || !isEffect(command))
    return { is: 'failed', reason: 'This version of the program does not understand the command' };
  const { incident, around } = await surroundings(run.org, runbook, run.incident);
  const sent = outgoing(command, runValues(run, incident), around, step.cluster ?? runbook.cluster);
  if (isRefused(sent)) return { is: 'failed', reason: sent.refused };
  const performing = { run, step, planned, until, token };
  switch (sent.value.kind) {
    case 'http':
      return performHttp(sent.value.call, performing);
    case 'kubectl':
      return performKubectl(sent.value, performing);
    case 'lambda':
      return performLambda(sent.value, performing);
    case 'ssm':
      return performAutomation(sent.value, performing);
  }
}
