import { type Duration, type Instant, MINUTE } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import { occurrencesOf } from './occurrence.ts';

/** When an alert flaps: how often it begins or ends within how long a time. */
export interface FlappingSettings {
  readonly changes: number;
  readonly within: Duration;
}

/** Three times on and off within ten minutes. */
export const usualFlapping: FlappingSettings = { changes: 6, within: 10 * MINUTE };

/** An alert that ends is asked after at once; one that flaps when it was quiet for so long, and no longer than a delivery may be late. */
export const LONGEST_FLAPPING: Duration = 15 * MINUTE;

/**
 * Until when an alert counts as flapping: as long after its last change as the changes before it are counted. Undefined when it
 * does not. It follows from its event times alone, in whatever order they came.
 */
export function flapsUntil(
  head: Pick<AlertHead, 'firings' | 'resolves' | 'untils' | 'lapsed'>,
  { changes, within }: FlappingSettings = usualFlapping,
): Instant | undefined {
  const times = occurrencesOf(head).flatMap(({ from, to }) => (to === undefined ? [from] : [from, to]));
  const last = times.at(-1);
  if (last === undefined || times.filter((at) => at > last - within).length < changes) return undefined;
  return last + within;
}

/** When the last of these alerts has been quiet for long enough; undefined when none flaps any more. */
export function calmAt(
  heads: readonly AlertHead[],
  now: Instant,
  settings: FlappingSettings = usualFlapping,
): Instant | undefined {
  const until = Math.max(0, ...heads.map((head) => flapsUntil(head, settings) ?? 0));
  return until > now ? until : undefined;
}
