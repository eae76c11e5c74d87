import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstPageAt } from '../../../shared/detection/behind.ts';
import { MINUTE } from '../../../shared/kernel/index.ts';
import { T0 } from '../../support/given.ts';

const ago = fc.integer({ min: -10 * MINUTE, max: 48 * 60 * MINUTE });

describe('[F31] [M10] after detection stood still', () => {
  it('what was queued lately is paged at once, and what was queued nobody knows when', () => {
    expect(firstPageAt(undefined, T0)).toBe(T0);
    expect(firstPageAt(T0, T0)).toBe(T0);
    expect(firstPageAt(T0 - 2 * MINUTE, T0)).toBe(T0);
  });

  it('what waited half an hour is paged when the rest of what waits is worked off, five times as fast as it came', () => {
    expect(firstPageAt(T0 - 30 * MINUTE, T0)).toBe(T0 + 6 * MINUTE);
    expect(firstPageAt(T0 - 10 * MINUTE, T0)).toBe(T0 + 2 * MINUTE);
  });

  it('no page is due in the past, nor is any held for more than six minutes', () => {
    fc.assert(
      fc.property(ago, (behind) => {
        const held = firstPageAt(T0 - behind, T0) - T0;
        expect(held).toBeGreaterThanOrEqual(0);
        expect(held).toBeLessThanOrEqual(6 * MINUTE);
      }),
    );
  });

  it('of two alerts the one that was queued last is not paged later', () => {
    fc.assert(
      fc.property(ago, ago, (a, b) => {
        const [older, newer] = [T0 - Math.max(a, b), T0 - Math.min(a, b)];
        expect(firstPageAt(newer, T0)).toBeLessThanOrEqual(firstPageAt(older, T0));
      }),
    );
  });
});
