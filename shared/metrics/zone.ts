import { DAY, HOUR, type Instant, MINUTE } from '../kernel/index.ts';

/** Where an instant is in the calendar of a zone. */
export interface Local {
  /** Whole days since 1970-01-01 there. */
  readonly day: number;
  /** From 0, Monday, to 6. */
  readonly weekday: number;
  readonly hour: number;
}

/** The calendar of one zone. */
export interface Zone {
  readonly name: string;
  local(instant: Instant): Local;
  /** When a day begins there, by its number. */
  startOf(day: number): Instant;
}

/** Offsets change at most this often, and at its multiples. */
const STEP = 15 * MINUTE;

/** Whether the name is one of the IANA time zones. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The calendar of a time zone. An offset is asked for once in each quarter of an hour that is asked about. */
export function zoneOf(name: string): Zone {
  const offsets = new Map<number, number>();
  const format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' });
  const offsetAt = (instant: Instant): number => {
    const step = Math.floor(instant / STEP);
    const known = offsets.get(step);
    if (known !== undefined) return known;
    const found = parsedOffset(format, step * STEP);
    offsets.set(step, found);
    return found;
  };
  const always = /^(UTC|Etc\/UTC)$/.test(name);
  const shifted = (instant: Instant) => (always ? instant : instant + offsetAt(instant));
  const dayOf = (instant: Instant) => Math.floor(shifted(instant) / DAY);
  return {
    name,
    local(instant) {
      const day = dayOf(instant);
      return { day, weekday: weekdayOf(day), hour: Math.floor((shifted(instant) - day * DAY) / HOUR) };
    },
    startOf(day) {
      if (always) return day * DAY;
      // Where the clock goes forward at midnight, the day begins at one; where it goes back then, midnight comes twice.
      const [a, b] = [day * DAY - offsetAt((day - 1) * DAY), day * DAY - offsetAt((day + 1) * DAY)];
      const [sooner, later] = [Math.min(a, b), Math.max(a, b)];
      return dayOf(sooner) >= day ? sooner : later;
    },
  };
}

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** `GMT+05:30`, `GMT-3:00`, `GMT`. */
function parsedOffset(format: Intl.DateTimeFormat, instant: Instant): number {
  const text = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{1,2}):?(\d{2})?/.exec(text) ?? [];
  const length = Number(hours) * HOUR + Number(minutes) * MINUTE;
  return sign === '-' ? -length : length;
}
