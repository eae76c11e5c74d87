import { DAY, type Duration, type Instant, type JsonRecord, MINUTE } from '../../../kernel/index.ts';
import type { Findings } from '../../compose.ts';
import { isNoTime, readInstant } from '../../event-time.ts';

/** An alert whose end is not said ends so long after it was last told. Source: Alertmanager's default `resolve_timeout`. */
const RESOLVE_TIMEOUT: Duration = 5 * MINUTE;

/** An end that is further off is a clock that is wrong: the alert goes on until it is resolved. */
const LONGEST: Duration = 30 * DAY;

/** State and times of an alert as Alertmanager takes them, or what it would refuse in them. */
export function timesOf(
  { startsAt, endsAt }: JsonRecord,
  receivedAt: Instant,
): Pick<Findings, 'state' | 'time' | 'until' | 'timesOut'> | string {
  const start = isNoTime(startsAt) ? undefined : readInstant(startsAt);
  const end = isNoTime(endsAt) ? undefined : readInstant(endsAt);
  if (start === undefined && !isNoTime(startsAt)) return 'startsAt is not a time in RFC 3339';
  if (end === undefined && !isNoTime(endsAt)) return 'endsAt is not a time in RFC 3339';
  if (start !== undefined && end !== undefined && end < start) return 'start time must be before end time';
  if (end !== undefined && end <= receivedAt) return { state: 'resolved', time: end };
  const firing = { state: 'firing', time: start ?? receivedAt } as const;
  if (end === undefined) return { ...firing, until: receivedAt + RESOLVE_TIMEOUT, timesOut: true };
  return end > receivedAt + LONGEST ? firing : { ...firing, until: end };
}
