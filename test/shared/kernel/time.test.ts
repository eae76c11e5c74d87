import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOLD, HOUR, MINUTE, minuteOf, monthOf, SECOND, toText } from '../../../shared/kernel/index.ts';

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
