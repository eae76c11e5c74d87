import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventTime, isNoTime, readInstant } from '../../../shared/alerts/event-time.ts';
import { DAY, MINUTE, toText } from '../../../shared/kernel/index.ts';

const receivedAt = Date.UTC(2026, 10, 20, 9);
const eight = Date.UTC(2026, 10, 20, 8, 24, 38, 326);

describe('the ways in which senders write a time', () => {
  it.each([
    ['RFC 3339', '2026-11-20T08:24:38.326Z'],
    ['nanoseconds', '2026-11-20T08:24:38.326491368Z'],
    ['an offset without colon', '2026-11-20T09:24:38.326+0100'],
    ['an offset with colon', '2026-11-20T02:54:38.326-05:30'],
    ['an offset of hours', '2026-11-20T10:24:38.326+02'],
    ['a space and no zone, meaning UTC', '2026-11-20 08:24:38.326'],
    ["Go's own form", '2026-11-20 08:24:38.326 +0000 UTC'],
    ['small letters and a comma', '2026-11-20t08:24:38,326z'],
    ['milliseconds', eight],
    ['milliseconds as text', String(eight)],
    ['seconds with decimals', eight / 1_000],
    ['microseconds', eight * 1_000],
    ['nanoseconds as text', `${eight}000110`],
  ])('%s', (_, said) => {
    expect(Math.abs((readInstant(said) ?? 0) - eight)).toBeLessThanOrEqual(1);
  });

  it('a date alone is its midnight, whole seconds are seconds, a leap second is the second before', () => {
    expect(readInstant('2026-11-20')).toBe(Date.UTC(2026, 10, 20));
    expect(readInstant(1_795_163_078)).toBe(1_795_163_078_000);
    expect(readInstant('2016-12-31T23:59:60Z')).toBe(Date.UTC(2016, 11, 31, 23, 59, 59));
    expect(readInstant('2026-11-20T08:24Z')).toBe(Date.UTC(2026, 10, 20, 8, 24));
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '0001-01-01T00:00:00Z',
    'yesterday',
    '',
    '-5',
    -5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    null,
    true,
    {},
    [],
  ])('%j is no time', (said) => {
    expect(readInstant(said)).toBeUndefined();
  });

  it('[M2] an end that is absent, empty or the zero time has not come', () => {
    for (const said of [undefined, null, '', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z']) {
      expect(isNoTime(said)).toBe(true);
    }
    expect(isNoTime('2026-01-01T00:00:00Z')).toBe(false);
  });
});

describe('the time of an event', () => {
  it('[F7] a day ahead, 1970, a day that is none and none at all are the receipt, marked', () => {
    for (const said of [
      toText(receivedAt + DAY),
      '1970-01-01T00:00:00Z',
      0,
      1,
      '2026-02-30',
      undefined,
      'soon',
    ]) {
      expect(eventTime(said, receivedAt)).toEqual({ at: receivedAt, unusable: true });
    }
  });

  it('a clock a few minutes ahead is taken as now, without remark', () => {
    expect(eventTime(toText(receivedAt + 4 * MINUTE), receivedAt)).toEqual({
      at: receivedAt,
      unusable: false,
    });
  });

  it('reads back every instant that we write', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2000, 0), max: receivedAt }), (at) => {
        expect(eventTime(toText(at), receivedAt)).toEqual({ at, unusable: false });
      }),
    );
  });

  it('is never after the receipt and never throws, whatever is said', () => {
    const said = fc.oneof(
      fc.anything(),
      fc.double(),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    fc.assert(
      fc.property(said, fc.integer({ min: 0, max: 4e12 }), (any, now) => {
        const { at } = eventTime(any, now);
        expect(Number.isInteger(at) && at <= now).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
