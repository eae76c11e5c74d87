/** Milliseconds since 1970-01-01T00:00:00Z. Inside the system every point in time has this form. */
export type Instant = number;

/** A length of time in milliseconds. */
export type Duration = number;

export const SECOND: Duration = 1_000;
export const MINUTE: Duration = 60 * SECOND;
export const HOUR: Duration = 60 * MINUTE;
export const DAY: Duration = 24 * HOUR;

/** How late a delivery may come and still be decided as if it had come in time. Longer than any sender's first retries. */
export const HOLD: Duration = 15 * MINUTE;

/** RFC 3339 in UTC with milliseconds, the only form of a time that leaves the system. */
export function toText(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** `2026-11` of an instant, in UTC. */
export function monthOf(instant: Instant): string {
  return toText(instant).slice(0, 7);
}

/** Whole minutes since the epoch. */
export function minuteOf(instant: Instant): number {
  return Math.floor(instant / MINUTE);
}
