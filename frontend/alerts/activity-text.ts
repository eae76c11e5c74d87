import { HOUR, lasting } from '../../shared/kernel/time.ts';
import type { Integration } from './use-integrations.ts';

/** How long a new integration may be silent without a warning. */
const SILENCE = HOUR;
/** Refusals that are older than this are told, but warn of nothing. */
const LATELY = 24 * HOUR;

const before = (at: string, now: number): string => `${lasting(now - Date.parse(at))} ago`;

/** What came from an integration lately, in a sentence. */
export function activityOf({ lastSeenAt, alerts: { hour, day } }: Integration, now: number): string {
  if (lastSeenAt === undefined) return 'Nothing has come yet';
  const counts =
    day === 0
      ? 'no alerts in the last day'
      : `${hour} ${hour === 1 ? 'alert' : 'alerts'} in the last hour, ${day} in the last day`;
  return `Last heard of ${before(lastSeenAt, now)}; ${counts}`;
}

/** What its owner should look at, the worst first, each in a sentence. */
export function warningsOf(integration: Integration, now: number): readonly string[] {
  const { paused, createdAt, lastSeenAt, refused, lastRefused, overLimitAt } = integration;
  const isSilent = lastSeenAt === undefined && now - Date.parse(createdAt) > SILENCE;
  const isRefused = lastRefused !== undefined && now - Date.parse(lastRefused.at) < LATELY;
  const isOver = overLimitAt !== undefined && now - Date.parse(overLimitAt) < HOUR;
  return [
    ...(paused ? ['Paused: all that it sends is refused.'] : []),
    ...(isRefused
      ? [`About ${refused} refused, the last ${before(lastRefused.at, now)}: ${lastRefused.reason}`]
      : []),
    ...(isOver ? ['It sends more than 100 alerts a second; all of them were taken.'] : []),
    ...(isSilent
      ? ['Nothing has come since it was made. Try it with the line that was shown, or look at its source.']
      : []),
  ];
}
