import type { RunOutcome } from './run.ts';

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
export function measured(outcomes: readonly (RunOutcome | undefined)[]): Measured {
  const count = (wanted: RunOutcome) => outcomes.filter((outcome) => outcome === wanted).length;
  const [succeeded, failed, cancelled] = [count('succeeded'), count('failed'), count('cancelled')];
  const ended = succeeded + failed;
  const rate = ended === 0 ? {} : { successRate: Math.round((succeeded / ended) * 1_000) / 1_000 };
  return { runs: ended + cancelled, succeeded, failed, cancelled, ...rate };
}
