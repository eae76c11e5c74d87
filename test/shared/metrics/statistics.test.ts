import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY } from '../../../shared/kernel/index.ts';
import {
  dashboardOf,
  groupings,
  groupsOf,
  measureNames,
  statisticOf,
  summaryOf,
} from '../../../shared/metrics/index.ts';
import { T0 } from '../../support/given.ts';
import { anyHead, sampled, yearOf } from './given-samples.ts';

const lengths = fc.array(fc.integer({ min: 0, max: 10 * DAY }), { maxLength: 60 });
const anySamples = fc.array(
  anyHead.map((incident) => sampled(incident)),
  { maxLength: 40 },
);

/** Places of a list in another order. */
const shuffled = <One>(of: readonly One[]) =>
  fc.shuffledSubarray([...of], { minLength: of.length, maxLength: of.length });

describe('a statistic', () => {
  it('is of nothing where there is nothing', () => {
    expect(statisticOf([])).toEqual({ n: 0 });
  });

  it('tells the 90th percentile from ten durations on', () => {
    expect(statisticOf([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ n: 9, median: 5, mean: 5 });
    expect(statisticOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toMatchObject({ n: 10, median: 6, p90: 9 });
  });

  it('equals what somebody would compute by hand', () => {
    fc.assert(
      fc.property(lengths, (some) => {
        const { n, median, mean, p90 } = statisticOf(some);
        const sorted = [...some].sort((a, b) => a - b);
        expect(n).toBe(some.length);
        if (n === 0) return;
        const middle = ((sorted[Math.floor((n - 1) / 2)] ?? 0) + (sorted[Math.floor(n / 2)] ?? 0)) / 2;
        expect(median).toBe(Math.round(middle));
        expect(mean).toBe(Math.round(some.reduce((a, b) => a + b, 0) / n));
        if (n < 10) expect(p90).toBeUndefined();
        else {
          const within = some.filter((one) => one <= (p90 ?? 0)).length;
          expect(within).toBeGreaterThanOrEqual(Math.floor(n * 0.9));
          expect(p90).toBeLessThanOrEqual(sorted.at(-1) ?? 0);
        }
      }),
    );
  });

  it('does not depend on the order', () => {
    fc.assert(
      fc.property(
        lengths.chain((some) => fc.tuple(fc.constant(some), shuffled(some))),
        ([some, other]) => {
          expect(statisticOf(other)).toEqual(statisticOf(some));
        },
      ),
    );
  });
});

describe('the summary of incidents', () => {
  it('is made of recorded durations alone, and counts every incident in one state', () => {
    fc.assert(
      fc.property(anySamples, (samples) => {
        const summary = summaryOf(samples);
        for (const measure of measureNames) {
          const { n, states } = summary[measure];
          expect(n).toBe(states.recorded);
          expect(Object.values(states).reduce((a, b) => a + b, 0)).toBe(samples.length);
          const others = samples.filter(({ durations }) => durations[measure].state === 'recorded');
          expect(summaryOf(others)[measure].median).toBe(summary[measure].median);
        }
      }),
    );
  });

  it('does not depend on the order in which pages of heads come', () => {
    fc.assert(
      fc.property(
        anySamples.chain((samples) => fc.tuple(fc.constant(samples), shuffled(samples))),
        ([samples, other]) => {
          expect(summaryOf(other)).toEqual(summaryOf(samples));
        },
      ),
    );
  });
});

describe('groups', () => {
  it.each(groupings)('by %s hold every incident, and an order of pages changes none', (by) => {
    const samples = yearOf(200);
    const groups = groupsOf(samples, by);
    expect(new Set(groups.flatMap((group) => group.samples)).size).toBe(samples.length);
    const keys = (of: typeof samples) =>
      groupsOf(of, by).map(({ key, samples: inside }) => [key, inside.length]);
    expect(keys([...samples].reverse())).toEqual(keys(samples));
  });
});

describe('the dashboard', () => {
  it('is the same whatever order the heads come in', () => {
    const samples = yearOf(150);
    const material = { scope: { from: T0 - 200 * DAY, to: T0 }, zone: 'Europe/Berlin', now: T0 };
    const of = (some: typeof samples) => dashboardOf({ ...material, samples: some, nameOf: () => undefined });
    const whole = of(samples);
    fc.assert(
      fc.property(shuffled(samples), (other) => {
        expect(of(other)).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });
});
