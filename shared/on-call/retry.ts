import { type Duration, SECOND } from '../kernel/index.ts';
import type { Failed } from './delivery.ts';

/**
 * How many tries in a row have how long a pause after them, in seconds. Most outages are short, and whoever is back shall have the
 * page within five seconds; so it is asked often for two minutes, and then so that, with the time a request may hang, a minute is kept.
 */
const quick = [
  ...[1, 1, 1, 1, 1, 1],
  ...[2, 2, 2, 2, 2],
  ...[3, 3, 3, 3, 3],
  ...[4, 4, 4, 4, 4, 4, 4, 4, 4, 4],
  ...[8, 15, 30],
] as const;

const LATER: Duration = 55 * SECOND;

/** How long to wait after a failed try before the next. What was refused passes more slowly, if at all. */
export function pauseAfter({ attempts, refused, failedAt, notBefore = failedAt }: Failed): Duration {
  const seconds = refused ? 2 ** (attempts - 1) : quick[attempts - 1];
  const planned = seconds === undefined ? LATER : Math.min(LATER, seconds * SECOND);
  return Math.max(planned, notBefore - failedAt);
}
