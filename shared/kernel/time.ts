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

/** `2026-11-28 10:05:12` of an instant, in UTC: for people. */
export function utcText(instant: Instant): string {
  return toText(instant).slice(0, 19).replace('T', ' ');
}

/** `2026-11` of an instant, in UTC. */
export function monthOf(instant: Instant): string {
  return toText(instant).slice(0, 7);
}

/** Whole minutes since the epoch. */
export function minuteOf(instant: Instant): number {
  return Math.floor(instant / MINUTE);
}

/** Whole days since the epoch, of a minute since the epoch. */
export function dayOfMinute(minute: number): number {
  return Math.floor((minute * MINUTE) / DAY);
}

/** A length of time in words, by its two largest units: `42 s`, `3 min`, `2 h 5 min`, `4 d 3 h`. Negative ones are `0 s`. */
export function lasting(duration: Duration): string {
  const length = Math.max(0, duration);
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min`;
  if (length < DAY) return two(length, HOUR, 'h', MINUTE, 'min');
  return two(length, DAY, 'd', HOUR, 'h');
}

const units = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
] as const;

/** A length of time that somebody has set, in words, to the second: `90 s` is `1 min 30 s`. */
export function exactly(duration: Duration): string {
  const seconds = Math.max(0, Math.round(duration / SECOND)) * SECOND;
  const said = units.flatMap(([unit, name], i) => {
    const [larger] = units[i - 1] ?? [Number.POSITIVE_INFINITY];
    const count = Math.floor((seconds % larger) / unit);
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return said.length === 0 ? '0 s' : said.join(' ');
}

function two(length: Duration, large: Duration, nameOfLarge: string, small: Duration, nameOfSmall: string) {
  const rest = Math.floor((length % large) / small);
  return `${Math.floor(length / large)} ${nameOfLarge}${rest === 0 ? '' : ` ${rest} ${nameOfSmall}`}`;
}
