import { type Duration, type Instant, MINUTE, SECOND } from '../kernel/index.ts';
import { decideAnswer } from './decide-answer.ts';
import { currentStep, type PlannedStep, type Run, type StepRun, stepOf } from './run.ts';
import { type EffectResult, LEASE, MOST_ATTEMPTS, MOST_FACTS, type RunCommand } from './run-commands.ts';
import type { NewRunFact } from './run-facts.ts';

/** Which facts a command causes. A repeated or late one causes none; at most one of them claims an effect. */
export function decideRun(run: Run, command: RunCommand, now: Instant): readonly NewRunFact[] {
  switch (command.do) {
    case 'advance':
      return advance(run, now);
    case 'settle':
      return settle(run, command, now);
    case 'answer':
      return decideAnswer(run, command, now);
    case 'cancel': {
      const { note } = command;
      if (run.outcome !== undefined) return [];
      return [{ type: 'run.cancelled', occurredAt: now, data: { ...(note !== undefined && { note }) } }];
    }
  }
}

/** The facts that end a step which failed: the run ends with it, unless it is to go on. */
export function failing(
  step: PlannedStep,
  reason: string,
  at: Instant,
  output?: string,
): readonly NewRunFact[] {
  const data = { step: step.id, reason, ...(output !== undefined && { output }) };
  const failed: NewRunFact = { type: 'step.failed', occurredAt: at, data };
  if (step.continueOnFailure) return [failed];
  const said = `The step “${step.title}” failed`;
  return [failed, { type: 'run.finished', occurredAt: at, data: { outcome: 'failed', reason: said } }];
}

function advance(run: Run, now: Instant): readonly NewRunFact[] {
  if (run.outcome !== undefined) return [];
  const finish = (outcome: 'succeeded' | 'failed', reason?: string): NewRunFact => ({
    type: 'run.finished',
    occurredAt: now,
    data: { outcome, ...(reason !== undefined && { reason }) },
  });
  const planned = currentStep(run);
  if (planned === undefined) return [finish('succeeded')];
  if (run.version >= MOST_FACTS) return [finish('failed', `It went on for ${MOST_FACTS} facts`)];
  const step = stepOf(run, planned.id);
  switch (step.status) {
    case 'pending':
      return begin(planned, step, now);
    case 'started':
      return (step.leaseUntil ?? 0) > now ? [] : afterDeath(planned, step, now);
    case 'waiting':
      return step.until === undefined || step.until > now ? [] : afterWaiting(planned, step, now);
    default:
      return [];
  }
}

const waiting = (
  { id }: PlannedStep,
  at: Instant,
  data: Omit<Extract<NewRunFact, { type: 'step.waiting' }>['data'], 'step'>,
): NewRunFact => ({ type: 'step.waiting', occurredAt: at, data: { step: id, ...data } });

function begin(planned: PlannedStep, step: StepRun, now: Instant): readonly NewRunFact[] {
  const { kind, needsApproval, approvalTimeout, wait = 0 } = planned;
  if (needsApproval && step.approvedBy === undefined)
    return [waiting(planned, now, { for: 'approval', until: now + approvalTimeout })];
  if (kind === 'manual') return [waiting(planned, now, { for: 'person' })];
  if (kind === 'wait') return [waiting(planned, now, { for: 'time', until: now + wait })];
  // Who approved a step that only asks has said all.
  if (kind === 'approval') return [{ type: 'step.succeeded', occurredAt: now, data: { step: planned.id } }];
  return [claim(planned, step, now)];
}

function claim({ id }: PlannedStep, { attempt, token }: StepRun, now: Instant): NewRunFact {
  const look = token === undefined ? {} : { token };
  const data = { step: id, attempt: attempt + 1, leaseUntil: now + LEASE, ...look };
  return { type: 'step.started', occurredAt: now, data };
}

/** Its worker died between claiming and marking: what may be repeated is, of all else a person says whether it happened. */
function afterDeath(planned: PlannedStep, step: StepRun, now: Instant): readonly NewRunFact[] {
  const isLook = step.token !== undefined;
  if (!isLook && !planned.mayRepeat)
    return [
      waiting(planned, now, { for: 'unknown', reason: 'Its worker died, so it may have happened or not' }),
    ];
  if (step.attempt >= MOST_ATTEMPTS) return failing(planned, 'Its worker died again and again', now);
  return [claim(planned, step, now)];
}

function afterWaiting(planned: PlannedStep, step: StepRun, now: Instant): readonly NewRunFact[] {
  switch (step.waitsFor) {
    case 'time':
      return [{ type: 'step.succeeded', occurredAt: now, data: { step: planned.id } }];
    case 'approval':
      return [
        {
          type: 'step.failed',
          occurredAt: now,
          data: { step: planned.id, reason: 'Nobody approved it in time' },
        },
        {
          type: 'run.finished',
          occurredAt: now,
          data: { outcome: 'cancelled', reason: 'Nobody approved it in time' },
        },
      ];
    case 'poll':
      return isLate(planned, step, now)
        ? failing(planned, `It was not over after ${planned.timeout / SECOND} s`, now, step.output)
        : [claim(planned, step, now)];
    default:
      return [claim(planned, step, now)];
  }
}

const isLate = ({ timeout }: PlannedStep, { begunAt = 0 }: StepRun, now: Instant): boolean =>
  now >= begunAt + timeout;

type Settling = Extract<RunCommand, { do: 'settle' }>;

/** Takes the result of the attempt that is at work; also of one whose worker was taken for dead, which tells what nobody knew. */
function settle(run: Run, { step: id, attempt, result }: Settling, now: Instant): readonly NewRunFact[] {
  const planned = run.plan.find((one) => one.id === id);
  const step = stepOf(run, id);
  const isItsOwn = step.status === 'started' || (step.status === 'waiting' && step.waitsFor === 'unknown');
  if (planned === undefined || !isItsOwn || step.attempt !== attempt) return [];
  const facts = settledBy(planned, step, result, now);
  // Of a run that is over only the truth about the step is kept.
  return run.outcome === undefined ? facts : facts.slice(0, 1);
}

function settledBy(
  planned: PlannedStep,
  step: StepRun,
  result: EffectResult,
  now: Instant,
): readonly NewRunFact[] {
  switch (result.is) {
    case 'succeeded':
      return [{ type: 'step.succeeded', occurredAt: now, data: { step: planned.id, output: result.output } }];
    case 'pending':
      return lookLater(planned, step, result, now);
    case 'unknown':
      // What was started goes on, whether we see it or not.
      if (step.token !== undefined) {
        const { reason } = result;
        return lookLater(planned, step, { token: step.token, output: step.output, reason }, now);
      }
      return planned.mayRepeat
        ? failedBy(planned, step, result.reason, now)
        : [waiting(planned, now, { for: 'unknown', reason: result.reason })];
    case 'changed': {
      const until = now + planned.approvalTimeout;
      return [waiting(planned, now, { for: 'approval', until, reason: result.reason })];
    }
    case 'failed':
      return failedBy(planned, step, result.reason, now, result.output);
  }
}

/** Another look at what goes on by itself, unless it has had its time. */
function lookLater(
  planned: PlannedStep,
  step: StepRun,
  { token, output, reason }: Looked,
  now: Instant,
): readonly NewRunFact[] {
  if (isLate(planned, step, now)) {
    const unseen = reason === undefined ? '' : `; the last look failed: ${reason}`;
    return failing(planned, `It was not over after ${planned.timeout / SECOND} s${unseen}`, now, output);
  }
  const until = now + pause(step.attempt, MINUTE, 5 * SECOND);
  const seen = { ...(output !== undefined && { output }), ...(reason !== undefined && { reason }) };
  return [waiting(planned, now, { for: 'poll', until, token, ...seen })];
}

/** By what it is found, what it showed last, and why it could not be seen now. */
interface Looked {
  readonly token: string;
  readonly output?: string | undefined;
  readonly reason?: string;
}

function failedBy(
  planned: PlannedStep,
  step: StepRun,
  reason: string,
  now: Instant,
  output?: string,
): readonly NewRunFact[] {
  if (step.failures >= planned.retries) return failing(planned, reason, now, output);
  const until = now + pause(step.failures + 1, MINUTE, SECOND);
  return [waiting(planned, now, { for: 'retry', until, reason, ...(output !== undefined && { output }) })];
}

/** Doubled with each time, up to a longest one. */
const pause = (times: number, longest: Duration, first: Duration): Duration =>
  Math.min(longest, first * 2 ** Math.min(20, times - 1));
