import { median } from 'simple-statistics';
import { DAY, type Duration } from '../kernel/index.ts';
import { type Bucket, bucketsOf, type Step, stepOf } from './buckets.ts';
import type { MeasureName } from './measures.ts';
import type { Sample } from './sample.ts';
import type { Scope } from './selection.ts';
import { lengthsOf } from './statistics.ts';
import type { Zone } from './zone.ts';

/** With fewer durations, or in a shorter time, nothing is said of a direction or of hours of the week. */
export const ENOUGH = { recorded: 20, weeks: 4 } as const;

/** Either there is enough to say it, or it says why not. */
export type Told<Value> =
  | ({ readonly shown: true } & Value)
  | { readonly shown: false; readonly why: string };

/** Where a measure is going. */
export interface Slope {
  /** The median of the slopes between all pairs of medians (Theil and Sen), so that single outliers do not turn it. */
  readonly perWeek: Duration;
  /** `steady` where chance alone would do as much (Mann and Kendall, at 5 %). */
  readonly direction: 'rising' | 'falling' | 'steady';
}

/** A median for each day or week that has one, by its place in the window. */
export interface Series {
  readonly step: Step;
  readonly buckets: readonly Bucket[];
}

/** The days or weeks of a window. */
export function seriesOf(samples: readonly Sample[], scope: Scope, zone: Zone): Series {
  return { step: stepOf(scope), buckets: bucketsOf(samples, scope, zone) };
}

/** Where a measure is going over the window, if there is enough to say so. */
export function slopeOf({ step, buckets }: Series, measure: MeasureName): Told<Slope> {
  const lengths = buckets.map(({ samples }) => lengthsOf(samples, measure));
  const n = lengths.reduce((sum, { length }) => sum + length, 0);
  const points = lengths.flatMap((some, place) =>
    some.length === 0 ? [] : [[place, median([...some])] as const],
  );
  const perWeek = step === 'week' ? 1 : 7;
  const weeks = ((points.at(-1)?.[0] ?? 0) - (points[0]?.[0] ?? 0) + 1) / perWeek;
  const why = tooFew(n, points.length < 4 ? 0 : weeks);
  if (why !== undefined) return { shown: false, why };
  const slope = median(pairs(points).map(([a, b]) => (b[1] - a[1]) / (b[0] - a[0]))) * perWeek;
  const direction = isChance(points) || slope === 0 ? 'steady' : slope > 0 ? 'rising' : 'falling';
  return { shown: true, perWeek: Math.round(slope), direction };
}

/** Why nothing is said; undefined when there is enough. */
export function tooFew(n: number, weeks: number): string | undefined {
  if (n < ENOUGH.recorded)
    return `Only ${n} recorded; with fewer than ${ENOUGH.recorded} this would say nothing.`;
  return weeks < ENOUGH.weeks
    ? `These are less than ${ENOUGH.weeks} weeks; choose a longer time, or wait.`
    : undefined;
}

/** How many weeks samples lie apart. */
export function weeksOf(samples: readonly Sample[]): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { openedAt } of samples) {
    first = Math.min(first, openedAt);
    last = Math.max(last, openedAt);
  }
  return samples.length === 0 ? 0 : (last - first) / (7 * DAY);
}

type Point = readonly [place: number, value: number];

const pairs = (points: readonly Point[]): readonly (readonly [Point, Point])[] =>
  points.flatMap((a, i) => points.slice(i + 1).map((b) => [a, b] as const));

/** Whether so many rises and falls come about by chance more often than once in twenty times. */
function isChance(points: readonly Point[]): boolean {
  const n = points.length;
  const score = pairs(points).reduce((sum, [a, b]) => sum + Math.sign(b[1] - a[1]), 0);
  const deviation = Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return Math.max(0, Math.abs(score) - 1) / deviation < 1.96;
}
