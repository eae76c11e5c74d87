import type * as z from 'zod';
import { type Actor, toText } from '../kernel/index.ts';
import type { runbooksApi, runSummary, runView } from './api.ts';
import { answersFor, isApproval, mayApprove } from './decide-answer.ts';
import { type PlannedStep, type Run, stateOf, stepOf } from './run.ts';
import type { Runbook } from './runbook.ts';
import { measuredIn, type Tally } from './success.ts';

export type RunView = z.input<typeof runView>;
export type RunSummary = z.input<typeof runSummary>;
export type RunbookView = z.input<(typeof runbooksApi)['get']['answer']>;

/** A saved version: the runbook, and what saving it adds. */
export interface SavedRunbook {
  readonly runbook: Runbook;
  /** Counts the saves, from 1. */
  readonly revision: number;
  readonly savedAt: number;
  readonly savedBy: Actor;
  readonly createdAt: number;
  /** By this save it was removed: neither proposed nor started, and still to be read. */
  readonly removed?: true;
}

/** What runs of a runbook showed, as the API shows it. */
export function viewTally(tally: Tally | undefined) {
  if (tally === undefined) return { measured: measuredIn(tally) };
  const { id, startedAt, outcome } = tally.last;
  const last = { id, startedAt: toText(startedAt), ...(outcome !== undefined && { outcome }) };
  return { measured: measuredIn(tally), lastRun: last };
}

/** When and by whom a runbook was removed, as the API shows it; nothing while it is there. */
export function viewRemoval({ removed, savedAt, savedBy }: Omit<SavedRunbook, 'runbook' | 'revision'>) {
  return removed ? { removed: { at: toText(savedAt), by: savedBy } } : {};
}

/** A runbook as the API shows it, with what its runs showed. */
export function viewRunbook(
  { runbook, ...saved }: SavedRunbook,
  shown?: ReturnType<typeof viewTally>,
): RunbookView {
  return {
    ...runbook,
    createdAt: runbook.createdAt ?? toText(saved.createdAt),
    updatedAt: toText(saved.savedAt),
    revision: saved.revision,
    savedBy: saved.savedBy,
    ...viewRemoval(saved),
    ...shown,
  };
}

/** A run in a few words, for lists. */
export function summarizeRun(run: Run): RunSummary {
  const { id, runbook, title, runbookVersion, incident, reason, startedBy, startedAt, finishedAt } = run;
  return {
    ...{ id, runbook, title, revision: runbookVersion, state: stateOf(run), startedBy },
    startedAt: toText(startedAt),
    ...(incident !== undefined && { incident }),
    ...(reason !== undefined && { reason }),
    ...(finishedAt !== undefined && { finishedAt: toText(finishedAt) }),
  };
}

/** What a person is shown beside how a step stands: what its author wrote, and what it sends. */
export interface ShownStep {
  readonly description?: string;
  readonly command?: string;
  readonly sends?: string[];
  readonly refused?: string;
}

/** A run as the API shows it to somebody: with what they may say of the step that waits. */
export function viewRun(run: Run, viewer: Actor, shown: ReadonlyMap<string, ShownStep> = new Map()): RunView {
  return {
    ...summarizeRun(run),
    version: run.version,
    selfApproval: run.selfApproval,
    steps: run.plan.map((step) => ({ ...viewStep(run, step, viewer), ...shown.get(step.id) })),
  };
}

function viewStep(run: Run, planned: PlannedStep, viewer: Actor) {
  const { id, title, kind, needsApproval, mayRepeat } = planned;
  const step = stepOf(run, id);
  const { status, attempt, waitsFor, until, begunAt, endedAt, approvedBy, output, reason, by } = step;
  const all = run.outcome === undefined ? answersFor(planned, step) : [];
  const answers = all.filter((answer) => !isApproval(planned, answer) || mayApprove(run, viewer));
  return {
    ...{ id, title, kind, needsApproval, mayRepeat, status, attempt, answers: [...answers] },
    // Somebody else has to approve it.
    ...(waitsFor === 'approval' && answers.length < all.length && { needsAnother: true }),
    ...(waitsFor !== undefined && { waitsFor }),
    ...(until !== undefined && { until: toText(until) }),
    ...(begunAt !== undefined && { begunAt: toText(begunAt) }),
    ...(endedAt !== undefined && { endedAt: toText(endedAt) }),
    ...(approvedBy !== undefined && { approvedBy }),
    ...(output !== undefined && { output }),
    ...(reason !== undefined && { reason }),
    ...(by !== undefined && { by }),
  };
}
