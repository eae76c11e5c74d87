import { type Instant, MINUTE, SECOND } from '../kernel/index.ts';

/** When something happened, and whether the source's own word on it was of no use. */
export interface EventTime {
  readonly at: Instant;
  readonly unusable: boolean;
}

/** Clocks differ; what lies no further ahead than this is taken as now, without remark. */
const SKEW = 5 * MINUTE;
/** Earlier times are unset fields or seconds read as milliseconds; no alert that we are told of began then. */
const EARLIEST: Instant = Date.UTC(2000, 0, 1);

/** The source's time if it can be true, never after the receipt; else the receipt's time, marked as such. */
export function eventTime(said: unknown, receivedAt: Instant): EventTime {
  const at = readInstant(said);
  if (at === undefined || at < EARLIEST || at > receivedAt + SKEW) return { at: receivedAt, unusable: true };
  return { at: Math.min(at, receivedAt), unusable: false };
}

/**
 * Reads the ways in which senders write a time: RFC 3339 with any number of decimals, an offset without colon, a space for the
 * T, no zone (UTC is meant), and counts of seconds, milliseconds, microseconds or nanoseconds, as number or text.
 */
export function readInstant(said: unknown): Instant | undefined {
  if (typeof said === 'number') return fromCount(said);
  if (typeof said !== 'string' || said.length > 64) return undefined;
  const text = said.trim();
  return /^\d{1,20}(\.\d{1,9})?$/.test(text) ? fromCount(Number(text)) : fromCalendar(text);
}

/** Whether a source's end of an alert says that it has not ended: absent, or Go's zero time `0001-01-01T00:00:00Z`. */
export function isNoTime(said: unknown): boolean {
  return (
    said === undefined ||
    said === null ||
    said === '' ||
    (typeof said === 'string' && said.startsWith('0001-01-01'))
  );
}

/** The unit follows from the size: until the year 5138, seconds stay below 1e11 and milliseconds below 1e14. */
function fromCount(count: number): Instant | undefined {
  if (!Number.isFinite(count) || count < 0) return undefined;
  if (count < 1e11) return Math.floor(count * SECOND);
  if (count < 1e14) return Math.floor(count);
  return count < 1e17 ? Math.floor(count / 1e3) : Math.floor(count / 1e6);
}

const CALENDAR =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?)? ?(?:[Zz]|UTC|GMT|([+-])(\d\d):?(\d\d)?(?: [A-Z]{3,4})?)?$/;

function fromCalendar(text: string): Instant | undefined {
  const match = CALENDAR.exec(text);
  if (match === null) return undefined;
  const number = (group: number): number => Number(match[group] ?? 0);
  const [year, month, day] = [number(1), number(2), number(3)];
  const [hour, minute, second] = [number(4), number(5), Math.min(number(6), 59)];
  if (year < 1970 || hour > 23 || minute > 59 || number(6) > 60 || number(9) > 23 || number(10) > 59)
    return undefined;
  const milliseconds = Math.floor(Number(`0.${match[7] ?? '0'}`) * SECOND);
  const local = Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  const read = new Date(local);
  if (read.getUTCMonth() !== month - 1 || read.getUTCDate() !== day) return undefined;
  return local - (match[8] === '-' ? -1 : 1) * (number(9) * 60 + number(10)) * MINUTE;
}
