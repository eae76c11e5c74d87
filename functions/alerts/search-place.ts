import { foreignCursor, type Instant } from '../../shared/kernel/index.ts';
import type { Place } from './search.ts';

/** Where a page ended, and the time that the first page was asked for. */
export interface PlaceInTime extends Place {
  readonly from: Instant;
  readonly to: Instant;
}

/** The place that a cursor names; `invalid` where nothing of ours wrote it. */
export function placeIn([from, to, at, fingerprint = '']: readonly string[]): PlaceInTime {
  const [first, last, moment] = [from, to, at].map(Number);
  const times = [first, last, moment];
  if (!times.every((time) => Number.isSafeInteger(time) && Number(time) >= 0) || fingerprint === '')
    throw foreignCursor();
  return { from: Number(first), to: Number(last), at: Math.min(Number(moment), Number(last)), fingerprint };
}
