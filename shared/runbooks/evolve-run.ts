import { actorText } from '../incidents/index.ts';
import type { Instant } from '../kernel/index.ts';
import { type Run, type StepRun, stepOf } from './run.ts';
import type { RunFact } from './run-facts.ts';

/** What a fact does to a run; the first one begins it. */
export function evolveRun(run: Run | undefined, fact: RunFact): Run {
  const { recordedAt: at, actor, seq } = fact;
  if (run === undefined) return begun(fact);
  const next = { ...run, version: seq, updatedAt: at };
  switch (fact.type) {
    case 'run.started':
      return next;
    case 'run.cancelled':
      return { ...next, outcome: 'cancelled', finishedAt: at };
    case 'run.finished':
      // What was cancelled stays so.
      return { ...next, outcome: run.outcome ?? fact.data.outcome, finishedAt: run.finishedAt ?? at };
    default: {
      const before = stepOf(run, fact.data.step);
      const after = { ...evolveStep(before, fact, at), ...(actor.kind !== 'system' && { by: actor }) };
      return { ...next, steps: new Map([...run.steps, [fact.data.step, after]]) };
    }
  }
}

function begun(fact: RunFact): Run {
  if (fact.type !== 'run.started') throw new Error(`A run began with ${fact.type}`);
  const { org, runId: id, recordedAt, actor, seq, data } = fact;
  const times = { startedAt: recordedAt, updatedAt: recordedAt };
  return { ...data, org, id, version: seq, steps: new Map(), startedBy: actor, ...times };
}

type OfStep = Extract<RunFact, { data: { step: string } }>;

function evolveStep(step: StepRun, fact: OfStep, at: Instant): StepRun {
  const { leaseUntil: _, waitsFor: __, until: ___, reason: ____, ...kept } = step;
  switch (fact.type) {
    case 'step.started': {
      const { attempt, leaseUntil } = fact.data;
      return { ...kept, status: 'started', attempt, leaseUntil, begunAt: step.begunAt ?? at };
    }
    case 'step.waiting': {
      const { for: waitsFor, until, token, reason, output } = fact.data;
      return {
        // The next try starts anew what it once found by its token.
        ...(waitsFor === 'retry' ? untokened(kept) : waitsFor === 'approval' ? unapproved(kept) : kept),
        ...{ status: 'waiting', waitsFor, begunAt: step.begunAt ?? at },
        failures: step.failures + (waitsFor === 'retry' ? 1 : 0),
        ...(until !== undefined && { until }),
        ...(token !== undefined && { token }),
        ...(reason !== undefined && { reason }),
        ...(output !== undefined && { output }),
      };
    }
    case 'step.succeeded': {
      const { output = step.output } = fact.data;
      return { ...kept, status: 'succeeded', endedAt: at, ...(output !== undefined && { output }) };
    }
    case 'step.failed': {
      const { reason, output = step.output } = fact.data;
      return { ...kept, status: 'failed', endedAt: at, reason, ...(output !== undefined && { output }) };
    }
    case 'step.skipped':
      return { ...kept, status: 'skipped', endedAt: at };
    case 'step.again':
      return { ...afresh(untokened(kept)), ...sendsIn(fact.data), status: 'pending' };
    case 'approval.given':
      return { ...afresh(kept), ...sendsIn(fact.data), status: 'pending', approvedBy: fact.actor };
    case 'approval.refused':
      return { ...kept, status: 'failed', endedAt: at, reason: `${actorText(fact.actor)} refused it` };
  }
}

const untokened = <Of extends Pick<StepRun, 'token'>>({ token: _, ...rest }: Of): Omit<Of, 'token'> => rest;

const sendsIn = ({ sends }: { readonly sends?: string }) =>
  sends === undefined ? {} : { approvedSends: sends };

const unapproved = ({ approvedBy: _, approvedSends: __, ...rest }: StepRun): StepRun => rest;

/** What people took to answer is not of the time that the command may take. */
const afresh = <Of extends Pick<StepRun, 'begunAt'>>({ begunAt: _, ...rest }: Of): Omit<Of, 'begunAt'> =>
  rest;

/** The run after all these facts; undefined when there are none. */
export function foldRun(facts: readonly RunFact[]): Run | undefined {
  return facts.reduce<Run | undefined>(evolveRun, undefined);
}
