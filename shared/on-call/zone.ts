import { fromEpochMilliseconds, toZonedDateTimeISO } from 'temporal-polyfill/fns/Instant';
import { create, toZonedDateTime } from 'temporal-polyfill/fns/PlainDateTime';
import { offsetNanoseconds } from 'temporal-polyfill/fns/ZonedDateTime';
import { DAY, type Duration, type Instant, MINUTE } from '../kernel/index.ts';

/** A day of the calendar, whatever the zone: whole days since 1970-01-01. */
export type Day = number;

/** What calendar and clock on the wall show: the day, and the minutes since its 00:00. */
export interface WallTime {
  readonly day: Day;
  readonly minute: number;
}

/** What the wall shows in a time zone at an instant. */
export function wallAt(at: Instant, timeZone: string): WallTime {
  const { year, month, day, hour, minute } = toZonedDateTimeISO(fromEpochMilliseconds(at), timeZone);
  return { day: Date.UTC(year, month - 1, day) / DAY, minute: hour * 60 + minute };
}

/**
 * When the wall shows this in a time zone. What it shows twice is the first time; what it never shows, because clocks or the
 * calendar leap over it, is as much later as they leap.
 */
export function instantOf({ day, minute }: WallTime, timeZone: string): Instant {
  const [year = 1970, month = 1, date = 1] = dateOf(day).split('-').map(Number);
  const shown = create(year, month, date, Math.floor(minute / 60), minute % 60);
  return toZonedDateTime(shown, timeZone).epochMilliseconds;
}

/**
 * The same as `instantOf`, for many questions about a few days of one zone: where its offset is the same on four midnights of UTC
 * around the day, which is so but for some days of a year, the calendar need not be asked.
 */
export function instantsIn(timeZone: string): (wall: WallTime) => Instant {
  const offsets = new Map<Day, Duration>();
  const offsetAt = (day: Day): Duration => {
    const known = offsets.get(day);
    if (known !== undefined) return known;
    const offset = offsetNanoseconds(toZonedDateTimeISO(fromEpochMilliseconds(day * DAY), timeZone)) / 1e6;
    offsets.set(day, offset);
    return offset;
  };
  return (wall) => {
    const offset = offsetAt(wall.day);
    const isSteady = [-1, 1, 2].every((away) => offsetAt(wall.day + away) === offset);
    return isSteady ? wall.day * DAY + wall.minute * MINUTE - offset : instantOf(wall, timeZone);
  };
}

/** The day of a date such as `2026-03-29`. */
export const dayOf = (date: string): Day => Date.parse(`${date}T00:00:00Z`) / DAY;

/** The date of a day, such as `2026-03-29`. */
export const dateOf = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10);

/** The minutes of a time of day such as `09:30`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The weekday of a day: 0 is Monday. The first day of the count was a Thursday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;
