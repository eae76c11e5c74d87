import { type Instant, masked, SECOND } from '../../shared/kernel/index.ts';
import {
  type EffectResult,
  isRefused,
  type PlannedStep,
  type Run,
  type Step,
  sendsDigest,
  stepOf,
} from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { logFault } from '../edge/errors.ts';
import { performAutomation } from './perform-automation.ts';
import { performHttp } from './perform-http.ts';
import { performKubectl } from './perform-kubectl.ts';
import { performLambda } from './perform-lambda.ts';
import { prepared } from './prepared.ts';

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
  const ready = await prepared(run, planned.id);
  if (isRefused(ready)) return { is: 'failed', reason: ready.refused };
  const { step, sent } = ready.value;
  const { approvedSends } = stepOf(run, planned.id);
  if (token === undefined && approvedSends !== undefined && approvedSends !== sendsDigest(ready))
    return { is: 'changed', reason: 'What would be sent is not what was approved; look at it again' };
  const performing = { run, step, planned, until, token };
  switch (sent.kind) {
    case 'http':
      return performHttp(sent.call, performing);
    case 'kubectl':
      return performKubectl(sent, performing);
    case 'lambda':
      return performLambda(sent, performing);
    case 'ssm':
      return performAutomation(sent, performing);
  }
}
