import type { RunbookFact } from '../incidents/index.ts';
import { clipped } from '../kernel/index.ts';
import type { Run } from './run.ts';
import type { NewRunFact } from './run-facts.ts';

type StepState = Extract<RunbookFact, { type: 'runbook.step' }>['data']['state'];

/** The most that the log of an incident keeps of an output, in bytes. */
const LONGEST = 500;

/** What the log of the incident is told of a fact of a run: what people decide on, not each look and wait. */
export function told(
  run: Pick<Run, 'id' | 'runbook' | 'title' | 'plan'>,
  fact: NewRunFact,
): readonly RunbookFact[] {
  const { id, runbook, title } = run;
  const { occurredAt } = fact;
  const ofRun = { run: id, runbook, title };
  switch (fact.type) {
    case 'run.started': {
      const { reason } = fact.data;
      return [
        { type: 'runbook.started', occurredAt, data: { ...ofRun, ...(reason !== undefined && { reason }) } },
      ];
    }
    case 'run.finished': {
      const { outcome, reason } = fact.data;
      const data = { ...ofRun, outcome, ...(reason !== undefined && { reason: clipped(reason, LONGEST) }) };
      return [{ type: 'runbook.finished', occurredAt, data }];
    }
    case 'run.cancelled': {
      const { note } = fact.data;
      const data = { ...ofRun, outcome: 'cancelled' as const, ...(note !== undefined && { reason: note }) };
      return [{ type: 'runbook.finished', occurredAt, data }];
    }
    default: {
      const state = stateIn(run, fact);
      if (state === undefined) return [];
      const { step } = fact.data;
      const stepTitle = run.plan.find((one) => one.id === step)?.title ?? step;
      const detail = detailOf(fact);
      const said = detail === undefined || detail === '' ? {} : { detail: clipped(detail, LONGEST) };
      return [{ type: 'runbook.step', occurredAt, data: { ...ofRun, step, stepTitle, state, ...said } }];
    }
  }
}

type OfStep = Extract<NewRunFact, { data: { step: string } }>;

function stateIn({ plan }: Pick<Run, 'plan'>, fact: OfStep): StepState | undefined {
  const kind = plan.find(({ id }) => id === fact.data.step)?.kind;
  switch (fact.type) {
    case 'step.started':
      return undefined;
    case 'step.waiting':
      return waits.get(fact.data.for);
    case 'step.succeeded':
      // Of these the approval, or the time, has said all.
      return kind === 'approval' || kind === 'wait' ? undefined : 'succeeded';
    case 'step.failed':
      return 'failed';
    case 'step.skipped':
      return 'skipped';
    case 'step.again':
      return 'again';
    case 'approval.given':
      return 'approved';
    case 'approval.refused':
      return 'refused';
  }
}

const waits = new Map<string, StepState>([
  ['person', 'waits-for-person'],
  ['approval', 'waits-for-approval'],
  ['unknown', 'waits-for-word'],
]);

function detailOf({ data }: OfStep): string | undefined {
  if ('reason' in data && data.reason !== undefined) return data.reason;
  if ('note' in data && data.note !== undefined) return data.note;
  return 'output' in data ? data.output : undefined;
}
