import type { Instant } from '../kernel/index.ts';
import { all, type PageState } from './state.ts';
import { startOfDay } from './uptime.ts';

/**
 * Whether what a page shows has changed by time alone: a new day for the bars, or maintenance that began or ended after the page
 * was last written.
 */
export function isOutdated(state: PageState, writtenAt: Instant, now: Instant): boolean {
  if (startOfDay(now) > startOfDay(writtenAt)) return true;
  return all(state, 'maintenance')
    .filter(({ cancelledAt }) => cancelledAt === undefined)
    .flatMap(({ from, until }) => [from, until])
    .some((at) => writtenAt < at && at <= now);
}
