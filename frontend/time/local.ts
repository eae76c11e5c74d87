const two = (number: number): string => String(number).padStart(2, '0');

/** A point in time as a field for date and time holds it, by the reader's clock: `2026-12-01T22:00`. */
export function localText(at: string): string {
  const when = new Date(at);
  const date = [when.getFullYear(), two(when.getMonth() + 1), two(when.getDate())].join('-');
  return `${date}T${two(when.getHours())}:${two(when.getMinutes())}`;
}

/** The point in time of such a field, in milliseconds; NaN when nothing, or no time, is written. */
export const instantOf = (local: string): number => Date.parse(local);
