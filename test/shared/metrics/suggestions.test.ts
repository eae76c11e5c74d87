import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../shared/kernel/index.ts';
import {
  bandOf,
  benchmarks,
  ENOUGH_TO_SUGGEST,
  isSelected,
  suggestionsOf,
  type Targets,
  zoneOf,
} from '../../../shared/metrics/index.ts';
import { T0 } from '../../support/given.ts';
import { samplesOf, yearOf } from './given-samples.ts';

const utc = zoneOf('UTC');
const week = { from: T0 - 30 * DAY, to: T0 + DAY };

/** So many incidents of an hour each, of which somebody acknowledged after these minutes. */
const hours = (count: number, acknowledged: number, begin = T0 - 20 * DAY, targets: Targets = {}) =>
  samplesOf(
    [...Array(count).keys()].map((i) => [begin + i * HOUR, 60] as const),
    (i) => {
      const openedAt = begin + i * HOUR;
      const at = (minute: number) => openedAt + minute * MINUTE;
      return { points: { detectedAt: at(0), acknowledgedAt: at(acknowledged), mitigatedAt: at(55) } };
    },
    targets,
  );

describe('what stands out', () => {
  it('names the phase, the numbers and the incidents', () => {
    const [first] = suggestionsOf(hours(14, 36), utc);
    expect(first?.text).toMatch(
      /^Acknowledgement is 60 % of the time of all incidents \(n = 14, median 36 min\)\. Look at/,
    );
    expect(first).toMatchObject({ kind: 'phase', phase: 'acknowledgement', n: 14, of: { only: 'phased' } });
  });

  it('is not told from fewer than ten', () => {
    expect(suggestionsOf(hours(ENOUGH_TO_SUGGEST - 1, 36), utc)).toEqual([]);
  });

  it('is nothing where the time goes into the work itself', () => {
    expect(suggestionsOf(hours(30, 5), utc).filter(({ phase }) => phase === 'acknowledgement')).toEqual([]);
  });

  it('says when in the week it is so, against all', () => {
    // 17 and 18 October 2026 are a Saturday and a Sunday.
    const weekend = hours(24, 40, Date.UTC(2026, 9, 17));
    const found = suggestionsOf([...hours(100, 8, Date.UTC(2026, 9, 19)), ...weekend], utc);
    const texts = found.map(({ text }) => text).filter((text) => text.includes('weekends'));
    expect(texts).toEqual([
      expect.stringMatching(
        /^Acknowledgement is 67 % of the time of all incidents at weekends \(n = 24, .*, against \d+ % of all\)/,
      ),
    ]);
  });

  it('tells of targets that most miss, and of incidents that nobody answers', () => {
    const missed = suggestionsOf(hours(20, 5, T0 - 20 * DAY, { mttr: { overall: 30 * MINUTE } }), utc);
    expect(missed[0]?.text).toMatch(/^20 of 20 P1 incidents missed the MTTR target \(100 %\)/);
    const alone = samplesOf(
      [...Array(12).keys()].map((i) => [T0 - i * HOUR, 10] as const),
      (i) => ({ points: { detectedAt: T0 - i * HOUR } }),
    );
    expect(suggestionsOf(alone, utc).map(({ kind }) => kind)).toContain('unanswered');
  });

  it('has as many incidents behind it as it says', () => {
    const targets = { mttr: { overall: HOUR }, mtta: { overall: 5 * MINUTE } };
    const samples = yearOf(600, 1, targets);
    const scope = { from: T0 - 365 * DAY, to: T0 };
    const found = suggestionsOf(samples, utc);
    expect(found.length).toBeGreaterThan(2);
    for (const { n, of, text } of found) {
      const behind = samples.filter((sample) => isSelected(sample, { ...scope, ...of }, utc));
      expect([text, behind.length]).toEqual([text, n]);
    }
  });

  it('is nothing where nothing happened', () => {
    expect(suggestionsOf([], utc)).toEqual([]);
    expect(week.to).toBeGreaterThan(week.from);
  });
});

describe('benchmarks', () => {
  it('name their source and date, and how they differ', () => {
    for (const { source, published, differs, link } of benchmarks) {
      expect(source).not.toBe('');
      expect(published).toMatch(/^\d{4}-\d{2}$/);
      expect(differs).toContain('Ours');
      expect(link).toMatch(/^https:\/\//);
    }
  });

  it('have bands that follow each other, each of at least one length', () => {
    expect(new Set(benchmarks.map(({ id }) => id)).size).toBe(benchmarks.length);
    expect(benchmarks.length).toBeGreaterThan(1);
    for (const benchmark of benchmarks)
      for (const [i, { atLeast, atMost, name }] of benchmark.bands.entries()) {
        const begin = atLeast ?? benchmark.bands[i - 1]?.atMost ?? 0;
        expect(begin).toBeGreaterThanOrEqual(benchmark.bands[i - 1]?.atMost ?? 0);
        expect(begin).toBeLessThan(atMost);
        expect(bandOf(benchmark, begin)?.name).toBe(name);
        expect(bandOf(benchmark, atMost - 1)?.name).toBe(name);
      }
  });

  it('put a median into the band that it is within', () => {
    const [dora] = benchmarks;
    if (!dora) throw new Error('No benchmark');
    expect(bandOf(dora, 59 * MINUTE)?.name).toBe('Elite');
    expect(bandOf(dora, HOUR)?.name).toBe('High and medium');
    expect(bandOf(dora, 9 * DAY)?.name).toBe('Low');
    // Between a day and a week the source has no band.
    expect(bandOf(dora, 2 * DAY)).toBeUndefined();
  });
});
