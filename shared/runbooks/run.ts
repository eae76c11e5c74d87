import type { Actor, Duration, IncidentId, Instant, OrganisationId, RunId } from '../kernel/index.ts';
import type { CommandKind } from './command.ts';

/** What of a step decides how a run goes; fixed when the run starts. */
export interface PlannedStep {
  readonly id: string;
  readonly title: string;
  readonly kind: CommandKind;
  readonly needsApproval: boolean;
  /** Whether it may be carried out twice. */
  readonly mayRepeat: boolean;
  readonly retries: number;
  readonly continueOnFailure: boolean;
  /** How long it may take in all. */
  readonly timeout: Duration;
  /** How long an approval is waited for. */
  readonly approvalTimeout: Duration;
  /** Of a step that waits, for how long. */
  readonly wait?: Duration;
}

/** What a step waits for: a person's work, an approval, time, another try, another look, or word whether it happened. */
export type WaitsFor = 'person' | 'approval' | 'time' | 'retry' | 'poll' | 'unknown';

/** How a step of a run stands. */
export interface StepRun {
  readonly status: 'pending' | 'started' | 'waiting' | 'succeeded' | 'failed' | 'skipped';
  /** How often its command was taken up, looks included. */
  readonly attempt: number;
  readonly failures: number;
  /** When it was first taken up, after people's word that it may be. */
  readonly begunAt?: Instant;
  readonly endedAt?: Instant;
  /** Of one that was started: until when its worker may be at it. */
  readonly leaseUntil?: Instant;
  readonly waitsFor?: WaitsFor;
  readonly until?: Instant;
  /** By which a later look finds what was started. */
  readonly token?: string;
  readonly approvedBy?: Actor;
  /** The digest of what it was to send when it was approved. */
  readonly approvedSends?: string;
  /** Masked and cut. */
  readonly output?: string;
  /** Why it failed or waits, in words. */
  readonly reason?: string;
  /** Who did, skipped or refused it. */
  readonly by?: Actor;
}

export type RunOutcome = 'succeeded' | 'failed' | 'cancelled';

/** One execution of a runbook: a fold of its facts. */
export interface Run {
  readonly org: OrganisationId;
  readonly id: RunId;
  /** The number of its last fact. */
  readonly version: number;
  readonly runbook: string;
  readonly title: string;
  /** Which version of the runbook it carries out. */
  readonly runbookVersion: number;
  readonly incident?: IncidentId;
  readonly reason?: string;
  readonly selfApproval: boolean;
  readonly plan: readonly PlannedStep[];
  readonly steps: ReadonlyMap<string, StepRun>;
  readonly startedBy: Actor;
  readonly startedAt: Instant;
  readonly updatedAt: Instant;
  readonly outcome?: RunOutcome;
  readonly finishedAt?: Instant;
}

export const untouched: StepRun = { status: 'pending', attempt: 0, failures: 0 };

/** How a step of a run stands; one that nothing happened to is pending. */
export const stepOf = (run: Run, id: string): StepRun => run.steps.get(id) ?? untouched;

const settled: ReadonlySet<StepRun['status']> = new Set(['succeeded', 'failed', 'skipped']);

/** The step that a run is at; undefined when all are done. */
export const currentStep = (run: Run): PlannedStep | undefined =>
  run.plan.find(({ id }) => !settled.has(stepOf(run, id).status));

/** `running` by itself, `waiting` for a person, or how it ended. */
export function stateOf(run: Run): 'running' | 'waiting' | RunOutcome {
  if (run.outcome !== undefined) return run.outcome;
  const step = currentStep(run);
  const { status, waitsFor } = step === undefined ? untouched : stepOf(run, step.id);
  const forPerson = waitsFor === 'person' || waitsFor === 'approval' || waitsFor === 'unknown';
  return status === 'waiting' && forPerson ? 'waiting' : 'running';
}

/** When the next message of a run is to come: at once while it can go on; undefined when only a person can, or it is over. */
export function nextAt(run: Run): Instant | undefined {
  if (run.outcome !== undefined) return undefined;
  const step = currentStep(run);
  const { status, leaseUntil, until } = step === undefined ? untouched : stepOf(run, step.id);
  if (status === 'started') return leaseUntil;
  return status === 'waiting' ? until : run.updatedAt;
}

/** How far clocks may be apart; a message that comes earlier than that is a second one of something else. */
const EARLY: Duration = 5_000;

/** Whether a message came a little before its run is due, by another clock, so that it has to come again. */
export function isEarly(run: Run, now: Instant): boolean {
  const next = nextAt(run) ?? now;
  return next > now && next - now <= EARLY;
}

/** How long after its last fact a run that can go on is driven again, should its message be lost. */
const LATEST: Duration = 30_000;

/** When a run is overdue: from then on the sweep drives it. */
export function dueAt(run: Run): Instant | undefined {
  const next = nextAt(run);
  return next === run.updatedAt ? next + LATEST : next;
}
