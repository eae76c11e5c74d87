import { DAY, type Duration, type Instant } from '../kernel/index.ts';
import type { Sample } from './sample.ts';
import type { Scope } from './selection.ts';
import { weekdayOf, type Zone } from './zone.ts';

export type Step = 'day' | 'week';

/** A day or week of the window, cut at its edges. */
export interface Bucket {
  readonly from: Instant;
  readonly to: Instant;
  readonly samples: readonly Sample[];
}

/** Windows up to this long are told day by day. */
const DAILY: Duration = 45 * DAY;

/** Whether a window is told by days or by weeks. */
export const stepOf = ({ from, to }: Scope): Step => (to - from <= DAILY ? 'day' : 'week');

/** The days or weeks of the window in the calendar of the zone, those without an incident too. Weeks begin on Monday. */
export function bucketsOf(samples: readonly Sample[], scope: Scope, zone: Zone): readonly Bucket[] {
  const length = stepOf(scope) === 'day' ? 1 : 7;
  const beginning = zone.local(scope.from).day;
  const first = length === 1 ? beginning : beginning - weekdayOf(beginning);
  const last = zone.local(scope.to - 1).day;
  const found = Array.from({ length: Math.floor((last - first) / length) + 1 }, (): Sample[] => []);
  for (const sample of samples)
    found[Math.floor((zone.local(sample.openedAt).day - first) / length)]?.push(sample);
  return found.map((inside, place) => ({
    from: Math.max(scope.from, zone.startOf(first + place * length)),
    to: Math.min(scope.to, zone.startOf(first + (place + 1) * length)),
    samples: inside,
  }));
}
