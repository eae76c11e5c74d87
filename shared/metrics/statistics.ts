import { mean, medianSorted, quantileSorted } from 'simple-statistics';
import type { Duration } from '../kernel/index.ts';
import { type DurationState, durationStates } from './durations.ts';
import { type MeasureName, measureNames } from './measures.ts';
import { recorded, type Sample } from './sample.ts';

/** From how many durations on a 90th percentile says something. */
export const ENOUGH_FOR_P90 = 10;

/** What the recorded durations of a measure say together. */
export interface Statistic {
  /** How many durations these are. */
  readonly n: number;
  readonly median?: Duration;
  readonly mean?: Duration;
  /** Of nine in ten it took at most so long; absent for fewer than 10. */
  readonly p90?: Duration;
}

/** The statistic of lengths, in whatever order they come. */
export function statisticOf(lengths: readonly Duration[]): Statistic {
  const n = lengths.length;
  if (n === 0) return { n };
  // Numbers that know that they are numbers are sorted some five times as fast.
  const sorted = [...Float64Array.from(lengths).sort()];
  const whole = (value: number) => Math.round(value);
  return {
    n,
    median: whole(medianSorted(sorted)),
    mean: whole(mean(sorted)),
    ...(n >= ENOUGH_FOR_P90 && { p90: whole(quantileSorted(sorted, 0.9)) }),
  };
}

/** A measure over some incidents: its statistic, and how many of them are in which state. */
export interface MeasureSummary extends Statistic {
  readonly states: Readonly<Record<DurationState, number>>;
}

export type Summary = Readonly<Record<MeasureName, MeasureSummary>>;

/** Each measure over some incidents. */
export function summaryOf(samples: readonly Sample[]): Summary {
  return Object.fromEntries(
    measureNames.map((measure) => [measure, measureSummary(samples, measure)]),
  ) as Summary;
}

function measureSummary(samples: readonly Sample[], measure: MeasureName): MeasureSummary {
  const states = Object.fromEntries(durationStates.map((state) => [state, 0])) as Record<
    DurationState,
    number
  >;
  for (const { durations } of samples) states[durations[measure].state]++;
  return { ...statisticOf(lengthsOf(samples, measure)), states };
}

/** The recorded lengths of a measure. */
export function lengthsOf(samples: readonly Sample[], measure: MeasureName): readonly Duration[] {
  const lengths: Duration[] = [];
  for (const sample of samples) {
    const length = recorded(sample, measure);
    if (length !== undefined) lengths.push(length);
  }
  return lengths;
}
