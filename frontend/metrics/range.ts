import { DAY, type Instant } from '../../shared/kernel/time.ts';
import { type Zone, zoneOf } from '../../shared/metrics/zone.ts';

/** Two days as date fields hold them (`2026-11-03`), both of which belong to it. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

/** The longest window that the API takes has 367 days; a day that is an hour longer fits as well. */
const LONGEST = 366;

/** Whole days since 1970-01-01; nothing when it is no day of the calendar. */
export function dayNumber(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || dayText(at / DAY) !== text ? undefined : at / DAY;
}

/** A day as a date field holds it. */
export const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** What is wrong with a range, and what to do about it; nothing when all is well. */
export function rangeFault({ from, to }: Range): string | undefined {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  if (first === undefined) return 'Choose the first day, such as 2026-11-01.';
  if (last === undefined) return 'Choose the last day, such as 2026-11-30.';
  if (first > last) return 'The last day comes before the first one. Choose them the other way round.';
  const days = last - first + 1;
  if (days > LONGEST) return `These are ${days} days; choose at most ${LONGEST}.`;
  return undefined;
}

/** From when until when a range without a fault lasts, by the calendar of a zone. */
export function boundsOf(
  { from, to }: Range,
  zone: string,
): { readonly from: Instant; readonly to: Instant } {
  const calendar: Zone = zoneOf(zone);
  return {
    from: calendar.startOf(dayNumber(from) ?? 0),
    to: calendar.startOf((dayNumber(to) ?? 0) + 1),
  };
}
