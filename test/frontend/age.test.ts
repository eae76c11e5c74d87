import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lasting, until } from '../../frontend/time/age.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/kernel/time.ts';

describe('a length of time', () => {
  test.each([
    [0, '0 s'],
    [-5 * SECOND, '0 s'],
    [59_999, '59 s'],
    [MINUTE, '1 min'],
    [HOUR - 1, '59 min'],
    [HOUR, '1 h'],
    [2 * HOUR + 5 * MINUTE, '2 h 5 min'],
    [DAY, '1 d'],
    [4 * DAY + 3 * HOUR + 59 * MINUTE, '4 d 3 h'],
  ])('%i ms is %s', (duration, words) => {
    expect(lasting(duration)).toBe(words);
  });

  test('never says more than has passed', () => {
    const units = { s: SECOND, min: MINUTE, h: HOUR, d: DAY };
    fc.assert(
      fc.property(fc.nat(400 * DAY), (duration) => {
        const said = [...lasting(duration).matchAll(/(\d+) (s|min|h|d)/g)].reduce(
          (sum, [, count, unit]) => sum + Number(count) * (units[unit as keyof typeof units] ?? 0),
          0,
        );
        expect(said).toBeLessThanOrEqual(duration);
        expect(duration - said).toBeLessThan(duration >= DAY ? HOUR : duration >= MINUTE ? MINUTE : SECOND);
      }),
    );
  });
});

describe('what is planned', () => {
  test.each([
    [5 * MINUTE, 'in 5 min'],
    [30_001, 'in 31 s'],
    [1, 'in 1 s'],
    [0, 'now'],
    [-59_000, 'now'],
    [-3 * MINUTE, '3 min overdue'],
  ])('due %i ms from now is %s', (ahead, words) => {
    expect(until(1_000_000 + ahead, 1_000_000)).toBe(words);
  });
});
