import { type Actor, type Instant, Refusal } from '../kernel/index.ts';
import { currentStep, type PlannedStep, type Run, type StepRun, stepOf, type WaitsFor } from './run.ts';
import type { Answering, StepAnswer } from './run-commands.ts';
import type { NewRunFact } from './run-facts.ts';

/** What a person may say of a step, by what it waits for. */
const answersTo: Readonly<Record<WaitsFor, readonly StepAnswer[]>> = {
  person: ['done', 'failed', 'skip'],
  approval: ['approve', 'refuse', 'skip'],
  unknown: ['done', 'again', 'failed'],
  time: ['skip'],
  retry: ['skip'],
  poll: ['skip'],
};

/** What a person may say of this step now; nothing while it waits for nobody. */
export function answersFor({ kind }: PlannedStep, { status, waitsFor }: StepRun): readonly StepAnswer[] {
  if (status !== 'waiting' || waitsFor === undefined) return [];
  // To skip a question whether to go on would be to go on without an answer.
  return answersTo[waitsFor].filter((answer) => answer !== 'skip' || kind !== 'approval');
}

/** Whether somebody may approve in this run: another person than who started it, unless the runbook lets them. */
export const mayApprove = ({ selfApproval, startedBy }: Run, actor: Actor): boolean =>
  // A key is no second pair of eyes: who started the run may hold it.
  selfApproval || (actor.kind === 'person' && actor.id !== startedBy.id);

/** Whether an answer lets a command out that needs an approval: to repeat what may have happened is more than to do it once. */
export const isApproval = ({ needsApproval }: PlannedStep, answer: StepAnswer): boolean =>
  answer === 'approve' || (answer === 'again' && needsApproval);

/** The facts of a person's word; refuses one that does not fit how the step stands. */
export function decideAnswer(run: Run, command: Answering, now: Instant): readonly NewRunFact[] {
  const { step: id, answer, actor } = command;
  const planned = run.plan.find((one) => one.id === id);
  if (planned === undefined) throw new Refusal('not_found', `The run has no step '${id}'.`, 'path.step');
  const step = stepOf(run, id);
  const isCurrent = run.outcome === undefined && currentStep(run)?.id === id;
  const allowed = isCurrent ? answersFor(planned, step) : [];
  if (!allowed.includes(answer))
    throw new Refusal(
      'conflict',
      `The step '${id}' does not take '${answer}' now: it is ${step.status}${allowed.length > 0 ? `; allowed is ${allowed.join(', ')}` : ' and waits for nobody'}.`,
      'body.answer',
    );
  if (step.waitsFor === 'approval' && step.until !== undefined && step.until <= now)
    throw new Refusal(
      'conflict',
      `The approval of '${id}' has expired; start the runbook again.`,
      'body.answer',
    );
  if (isApproval(planned, answer) && !mayApprove(run, actor))
    throw new Refusal(
      'forbidden',
      actor.kind === 'person'
        ? `Who started a run cannot approve its steps${answer === 'again' ? ', nor have them repeated' : ''}; ask somebody else. ${otherwise}`
        : `A key cannot approve${answer === 'again' ? ' nor repeat what was approved' : ''}, since whoever started the run may hold it; ask a person. ${otherwise}`,
    );
  return factsOf(planned, command, now);
}

const otherwise = 'A runbook that needs no second person says so by selfApproval.';

function factsOf(
  planned: PlannedStep,
  { answer, note, sends }: Answering,
  now: Instant,
): readonly NewRunFact[] {
  const step = planned.id;
  const said = { step, ...(note !== undefined && { note }) };
  const fact = (type: 'step.succeeded' | 'step.skipped' | 'approval.refused') =>
    ({ type, occurredAt: now, data: said }) as const;
  const approved = (type: 'step.again' | 'approval.given') =>
    ({
      type,
      occurredAt: now,
      data: { ...said, ...(planned.needsApproval && sends !== undefined && { sends }) },
    }) as const;
  switch (answer) {
    case 'done':
      return [fact('step.succeeded')];
    case 'skip':
      return [fact('step.skipped')];
    case 'again':
      return [approved('step.again')];
    case 'approve':
      return [approved('approval.given')];
    case 'refuse':
      return [fact('approval.refused'), finished('cancelled', `“${planned.title}” was refused`, now)];
    case 'failed': {
      const data = { step, reason: note ?? 'Somebody said that it failed' };
      const failed: NewRunFact = { type: 'step.failed', occurredAt: now, data };
      if (planned.continueOnFailure) return [failed];
      return [failed, finished('failed', `The step “${planned.title}” failed`, now)];
    }
  }
}

const finished = (outcome: 'failed' | 'cancelled', reason: string, at: Instant): NewRunFact => ({
  type: 'run.finished',
  occurredAt: at,
  data: { outcome, reason },
});
