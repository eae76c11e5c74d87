import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DAY,
  HOLD,
  HOUR,
  lasting,
  MINUTE,
  minuteOf,
  monthOf,
  SECOND,
  toText,
} from '../../../shared/kernel/index.ts';

const instant = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });

describe('time', () => {
  it('is counted in milliseconds', () => {
    expect([SECOND, MINUTE, HOUR, DAY, HOLD]).toEqual([1_000, 60_000, 3_600_000, 86_400_000, 900_000]);
  });

  it('leaves the system as RFC 3339 in UTC and can be read back', () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(toText(at)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(Date.parse(toText(at))).toBe(at);
      }),
    );
  });

  it('has months and minutes in UTC, whatever the zone of the process', () => {
    expect(monthOf(Date.UTC(2026, 11, 31, 23, 59, 59, 999))).toBe('2026-12');
    expect(monthOf(Date.UTC(2027, 0, 1))).toBe('2027-01');
    fc.assert(
      fc.property(instant, (at) => {
        const minute = minuteOf(at) * MINUTE;
        expect(minute <= at && at < minute + MINUTE).toBe(true);
      }),
    );
  });
});

describe('a length of time', () => {
  it.each([
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

  it('never says more than has passed', () => {
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
