import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CountedFiring,
  firingsOf,
  matchRule,
  mostAround,
  ruleSchema,
  type Slot,
  slotsAround,
  type Threshold,
} from '../../../../shared/detection/index.ts';
import { integration, signal } from '../../../support/signals.ts';

const from = { source: 'generic', integration, receipt: 'r', receivedAt: 0 } as const;
const TIME = 60_000;
const threshold: Threshold = { count: 100, timeWindow: TIME };

const firing = (at: number, name: number): CountedFiring => ({
  ...{ at, fingerprint: `alert ${name}`, member: `member ${name % 3}`, severity: 'P3_MEDIUM' },
});

/** Each stretch that holds the instant counted by itself. */
function plainly(firings: readonly CountedFiring[], { members }: Threshold, at: number): number {
  const counts = firings
    .filter((end) => end.at >= at && end.at - TIME < at)
    .map(({ at: end }) => {
      const inside = firings.filter((one) => one.at > end - TIME && one.at <= end);
      return new Set(inside.map((one) => (members === undefined ? one.fingerprint : one.member))).size;
    });
  return Math.max(0, ...counts);
}

describe('how many fired around a moment', () => {
  it('is the most of all stretches that hold it', () => {
    const anyFiring = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(
        fc.array(anyFiring, { maxLength: 30 }),
        fc.boolean(),
        fc.nat(300),
        (said, isOfMembers, second) => {
          const firings = said
            .map(([time, name]) => firing(time * 1_000, name))
            .sort((one, other) => one.at - other.at);
          const by = isOfMembers ? { ...threshold, members: 2 } : threshold;
          const at = firings[second % Math.max(1, firings.length)]?.at ?? second * 1_000;
          expect(mostAround(firings, by, at)).toBe(plainly(firings, by, at));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('asks each of 40,000 that wait a few times', () => {
    let asked = 0;
    const firings = Array.from({ length: 40_000 }, (_, i): CountedFiring => {
      const { at: time, ...rest } = firing(i, i);
      return {
        ...rest,
        get at() {
          asked++;
          return time;
        },
      };
    });
    expect(mostAround(firings, { count: 1, timeWindow: 20_000 }, 20_000)).toBe(20_000);
    expect(asked).toBeLessThan(6 * firings.length);
  });

  it('needs three slots, however many there are', () => {
    const rule = ruleSchema.parse({ id: 'r', name: 'R', conditions: { threshold: 100, timeWindow: 60 } });
    const match = matchRule([rule], { signal: signal('a', 'firing', 0), from });
    const slots = Array.from(
      { length: 500 },
      (_, slot): Slot => ({
        slot,
        alerts: Object.fromEntries(
          Array.from({ length: 40 }, (_, i) => {
            const at = slot * TIME + i * 1_450;
            return [`${slot} ${i}`, [at, at, 'P3_MEDIUM'] as const];
          }),
        ),
      }),
    );
    for (const at of [0, 59_999, 60_000, 250 * TIME, 250 * TIME + 31_000, 499 * TIME + 59_999]) {
      const [first, last] = slotsAround(match, at);
      expect(last - first).toBeLessThanOrEqual(2);
      const near = slots.filter(({ slot }) => slot >= first && slot <= last);
      expect(mostAround(firingsOf(near), threshold, at)).toBe(mostAround(firingsOf(slots), threshold, at));
    }
  });
});
