import { DAY, type Duration, HOUR, lasting, MINUTE, SECOND } from '../../shared/kernel/time.ts';

const units: Readonly<Record<string, Duration>> = { s: SECOND, m: MINUTE, min: MINUTE, h: HOUR, d: DAY };

/** A length of time as people write it: `15 min`, `1 h 30 min`, `2d`, `1.5 h`. Undefined when it is not understood. */
export function lengthIn(text: string): Duration | undefined {
  const words = text.trim().toLowerCase();
  if (!/^(\d+(?:[.,]\d+)?\s*(?:s|min|m|h|d)\s*)+$/.test(words)) return undefined;
  const parts = [...words.matchAll(/(\d+(?:[.,]\d+)?)\s*(s|min|m|h|d)/g)];
  const sum = parts.reduce(
    (length, [, count = '0', unit = 's']) => length + Number(count.replace(',', '.')) * (units[unit] ?? 0),
    0,
  );
  return sum >= SECOND ? Math.round(sum) : undefined;
}

/** A length as such a field shows it, without losing anything down to the second. */
export function lengthText(length: Duration): string {
  const parts = [
    ['d', DAY],
    ['h', HOUR],
    ['min', MINUTE],
    ['s', SECOND],
  ] as const;
  let rest = length;
  const words = parts.flatMap(([name, unit]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return words.length === 0 ? lasting(length) : words.join(' ');
}

/** A length in a narrow cell: `45m`, `3h`, `2d`. */
export function brief(length: Duration): string {
  if (length < MINUTE) return `${Math.round(length / SECOND)}s`;
  if (length < 90 * MINUTE) return `${Math.round(length / MINUTE)}m`;
  return length < 36 * HOUR ? `${Math.round(length / HOUR)}h` : `${Math.round(length / DAY)}d`;
}
