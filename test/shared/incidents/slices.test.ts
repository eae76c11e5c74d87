import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slicesOf } from '../../../shared/incidents/index.ts';
import { DAY, monthOf } from '../../../shared/kernel/index.ts';

describe('the slices of a stretch', () => {
  it('are whole months where there are many, and parts of them where there are few', () => {
    const from = Date.UTC(2026, 0, 1);
    expect(slicesOf({ from, to: Date.UTC(2027, 0, 1) }, 12)).toHaveLength(12);
    expect(slicesOf({ from, to: Date.UTC(2026, 1, 1) }, 12)).toHaveLength(12);
    expect(slicesOf({ from, to: Date.UTC(2026, 2, 15) }, 12).map(({ month }) => month)).toEqual([
      ...Array(4).fill('2026-03'),
      ...Array(4).fill('2026-02'),
      ...Array(4).fill('2026-01'),
    ]);
  });

  it('of no time are none', () => {
    const at = Date.UTC(2026, 0, 1);
    expect(slicesOf({ from: at, to: at }, 12)).toEqual([]);
    expect(slicesOf({ from: at + DAY, to: at }, 12)).toEqual([]);
  });

  it('have each moment of the stretch once, each inside its month', () => {
    const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) });
    const length = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 367 * DAY }));
    fc.assert(
      fc.property(instant, length, fc.integer({ min: 1, max: 20 }), (from, long, wanted) => {
        const slices = [...slicesOf({ from, to: from + long }, wanted)].sort((a, b) => a.from - b.from);
        expect(slices[0]?.from).toBe(from);
        expect(slices.at(-1)?.to).toBe(from + long);
        for (const [i, slice] of slices.entries()) {
          expect(monthOf(slice.from)).toBe(slice.month);
          expect(monthOf(slice.to - 1)).toBe(slice.month);
          expect(slice.from).toBeLessThan(slice.to);
          if (i > 0) expect(slices[i - 1]?.to).toBe(slice.from);
        }
      }),
    );
  });
});
