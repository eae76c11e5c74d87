import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, retryAfter, SECOND } from '../../../shared/kernel/index.ts';
import { T0 } from '../../support/given.ts';

const inAMinute = new Date(T0 + 60 * SECOND).toUTCString();

describe('[F38] the header Retry-After', () => {
  it.each([
    ['0', 0],
    ['30', 30_000],
    [' 30 ', 30_000],
    ['1.5', 1_500],
    [inAMinute, 60_000],
    [inAMinute.replace(' GMT', ''), 60_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['Sun Nov  6 08:49:37 1994', 0],
  ])('says with %j to wait for %i ms', (value, expected) => {
    expect(retryAfter(value, T0)).toBe(expected);
  });
  it.each([undefined, '', 'soon', '-1', '1e3', '2026-11-28', 'Sunday', '99999999999'])(
    'says nothing with %j',
    (value) => {
      expect(retryAfter(value, T0)).toBeUndefined();
    },
  );
  it('is read the same as seconds and as a date, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: DAY / SECOND }), (seconds) => {
        expect(retryAfter(String(seconds), T0)).toBe(seconds * SECOND);
        expect(retryAfter(new Date(T0 + seconds * SECOND).toUTCString(), T0)).toBe(seconds * SECOND);
      }),
    );
  });
  it('of whatever text is a time to come, or nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `Sun ${text}`),
        ),
        (text) => {
          const wait = retryAfter(text, T0);
          expect(wait === undefined || (Number.isInteger(wait) && wait >= 0)).toBe(true);
        },
      ),
    );
  });
});
