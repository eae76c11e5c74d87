import type { Instant, RunId } from '../kernel/index.ts';
import type { Run, RunOutcome } from './run.ts';

/** What the runs of a runbook showed. */
export interface Measured {
  /** Runs that ended, those included that people ended before. */
  readonly runs: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Of those that came to an end by themselves; absent before the first. */
  readonly successRate?: number;
}

/** Folds the outcomes of runs: what somebody ended says nothing about whether the runbook works. */
export function measured(outcomes: readonly RunOutcome[]): Measured {
  const count = (wanted: RunOutcome) => outcomes.filter((outcome) => outcome === wanted).length;
  const [succeeded, failed, cancelled] = [count('succeeded'), count('failed'), count('cancelled')];
  const ended = succeeded + failed;
  const rate = ended === 0 ? {} : { successRate: Math.round((succeeded / ended) * 1_000) / 1_000 };
  return { runs: ended + cancelled, succeeded, failed, cancelled, ...rate };
}

/** Fewer runs that came to their end than this say nothing about whether a runbook works. */
export const ENOUGH_RUNS = 5;
/** How many of the latest runs are measured. */
const MOST_MEASURED = 100;

/** The run of a runbook that began last. */
export interface LastRun {
  readonly id: RunId;
  readonly startedAt: Instant;
  /** Absent while it goes on. */
  readonly outcome?: RunOutcome;
}

/** How the latest runs of a runbook ended, the newest last, a letter each; and the one that began last. */
export interface Tally {
  readonly outcomes: string;
  readonly last: LastRun;
}

const letters = { succeeded: 'S', failed: 'F', cancelled: 'C' } as const;

/** The tally after a run began or ended; undefined where what happened to the run does not move it. */
export function tallied(before: Tally | undefined, was: Run | undefined, run: Run): Tally | undefined {
  const { id, startedAt, outcome } = run;
  const hasEnded = outcome !== undefined && was?.outcome === undefined;
  if (was !== undefined && !hasEnded) return undefined;
  const outcomes = `${before?.outcomes ?? ''}${hasEnded ? letters[outcome] : ''}`.slice(-MOST_MEASURED);
  const isLast = before === undefined || before.last.id === id || before.last.startedAt <= startedAt;
  const last = isLast ? { id, startedAt, ...(outcome !== undefined && { outcome }) } : before.last;
  return { outcomes, last };
}

/** What a tally says; of a runbook that was never run that there were none. */
export function measuredIn(tally: Tally | undefined): Measured {
  const byLetter = new Map(Object.entries(letters).map(([outcome, letter]) => [letter as string, outcome]));
  return measured([...(tally?.outcomes ?? '')].map((letter) => byLetter.get(letter) as RunOutcome));
}
