import type { NewFact, RunId } from '../kernel/index.ts';

type Of<Type extends string, Data> = NewFact<Type, Data>;

/** Which run is meant, with the title of its runbook as it was then. */
interface OfRun {
  readonly run: RunId;
  readonly runbook: string;
  readonly title: string;
}

export type RunbookStarted = Of<'runbook.started', OfRun & { readonly reason?: string }>;

/** How a step stands that a person reads of. */
export const runbookStepStates = [
  'waits-for-person',
  'waits-for-approval',
  'waits-for-word',
  'approved',
  'refused',
  'again',
  'succeeded',
  'failed',
  'skipped',
] as const;

export type RunbookStep = Of<
  'runbook.step',
  OfRun & {
    readonly step: string;
    /** The title of the step. */
    readonly stepTitle: string;
    readonly state: (typeof runbookStepStates)[number];
    /** What came out, or why, masked; at most 500 bytes. */
    readonly detail?: string;
  }
>;

export type RunbookFinished = Of<
  'runbook.finished',
  OfRun & { readonly outcome: 'succeeded' | 'failed' | 'cancelled'; readonly reason?: string }
>;

/** What runs of runbooks tell the log of the incident that they are for. */
export type RunbookFact = RunbookStarted | RunbookStep | RunbookFinished;
