import type { Actor, Id, IncidentId, Instant, NewFact, OrganisationId, RunId } from '../kernel/index.ts';
import type { PlannedStep, RunOutcome, WaitsFor } from './run.ts';

type Of<Type extends string, Data> = NewFact<Type, Data>;
type OfStep<Type extends string, Data = object> = Of<Type, { readonly step: string } & Data>;

export type RunStarted = Of<
  'run.started',
  {
    readonly runbook: string;
    readonly title: string;
    readonly runbookVersion: number;
    readonly incident?: IncidentId;
    readonly reason?: string;
    readonly selfApproval: boolean;
    readonly plan: readonly PlannedStep[];
  }
>;
/** The claim of an effect, recorded before it: nobody else carries out this attempt. */
export type StepStarted = OfStep<
  'step.started',
  {
    readonly attempt: number;
    readonly leaseUntil: Instant;
    /** Only looks how something stands that was started before. */
    readonly token?: string;
  }
>;
export type StepSucceeded = OfStep<'step.succeeded', { readonly output?: string; readonly note?: string }>;
export type StepFailed = OfStep<'step.failed', { readonly reason: string; readonly output?: string }>;
export type StepWaiting = OfStep<
  'step.waiting',
  {
    readonly for: WaitsFor;
    readonly until?: Instant;
    readonly token?: string;
    readonly reason?: string;
    readonly output?: string;
  }
>;
export type StepSkipped = OfStep<'step.skipped', { readonly note?: string }>;
/** A person says that what may have happened is to be carried out again. */
export type StepAgain = OfStep<'step.again', Approved>;
export type ApprovalGiven = OfStep<'approval.given', Approved>;
/** With the digest of what was shown that it would send. */
interface Approved {
  readonly note?: string;
  readonly sends?: string;
}
export type ApprovalRefused = OfStep<'approval.refused', { readonly note?: string }>;
export type RunCancelled = Of<'run.cancelled', { readonly note?: string }>;
export type RunFinished = Of<'run.finished', { readonly outcome: RunOutcome; readonly reason?: string }>;

/** What can happen to a run. */
export type NewRunFact =
  | RunStarted
  | StepStarted
  | StepSucceeded
  | StepFailed
  | StepWaiting
  | StepSkipped
  | StepAgain
  | ApprovalGiven
  | ApprovalRefused
  | RunCancelled
  | RunFinished;

/** A fact in the log of a run. */
export type RunFact = NewRunFact & {
  readonly id: Id<'fact'>;
  readonly org: OrganisationId;
  readonly runId: RunId;
  /** From 1; also the version of the run that it made. */
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly actor: Actor;
};
