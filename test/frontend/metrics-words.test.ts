import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedIn, behindAddress, metricsAddress, queryOf } from '../../frontend/metrics/asked.ts';
import { behindWords } from '../../frontend/metrics/behind-words.ts';
import { brief, lengthIn, lengthText } from '../../frontend/metrics/length.ts';
import { lengthTicks, pathThrough } from '../../frontend/metrics/plot.ts';
import { boundsOf, dayNumber, dayText, rangeFault } from '../../frontend/metrics/range.ts';
import { wordsOf } from '../../frontend/metrics/target-words.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/kernel/time.ts';
import { zoneOf } from '../../shared/metrics/zone.ts';
import { T0 } from '../support/given.ts';

describe('lengths as people write them', () => {
  it.each([
    ['15 min', 15 * MINUTE],
    ['2h', 2 * HOUR],
    ['1 d 4 h', 28 * HOUR],
    ['1.5 h', 90 * MINUTE],
    ['1,5 H', 90 * MINUTE],
    ['90 s', 90 * SECOND],
  ])('%s', (text, length) => expect(lengthIn(text)).toBe(length));

  it.each(['', 'soon', '5', '-2 h', '2 h soon', '0 min', '1 year'])('not %s', (text) =>
    expect(lengthIn(text)).toBeUndefined(),
  );

  it('are read as they are shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 * 24 * 3_600 }), (seconds) => {
        expect(lengthIn(lengthText(seconds * SECOND))).toBe(seconds * SECOND);
      }),
    );
  });

  it('fit into narrow cells', () => {
    expect([30 * SECOND, 45 * MINUTE, 3 * HOUR, 5 * DAY].map(brief)).toEqual(['30s', '45m', '3h', '5d']);
  });
});

describe('the address of the dashboard', () => {
  it('says what it shows, and no more', () => {
    const asked = askedIn('days=365&by=team&service=checkout&measure=x&severity=P9&zone=Mars');
    expect(asked).toMatchObject({ days: 365, by: 'team', service: 'checkout', measure: 'mttr' });
    expect(metricsAddress(asked)).toBe('/metrics?days=365&by=team&service=checkout');
    expect(metricsAddress(askedIn(''))).toBe('/metrics');
    expect(askedIn(metricsAddress(asked).split('?')[1] ?? '')).toEqual(asked);
  });

  it('asks the API for the window before now, in the zone of the reader', () => {
    expect(queryOf(askedIn('days=7&team=data&zone=Asia/Tokyo'), T0)).toEqual({
      from: new Date(T0 - 7 * DAY).toISOString(),
      zone: 'Asia/Tokyo',
      team: 'data',
    });
  });

  it('keeps a range of days, so that a link shows the same', () => {
    const asked = askedIn('from=2026-10-25&to=2026-10-31&days=7&by=team&zone=Europe/Berlin');
    expect(metricsAddress(asked)).toBe('/metrics?by=team&zone=Europe%2FBerlin&from=2026-10-25&to=2026-10-31');
    // The clocks there go back on the 25th: that day has 25 hours.
    expect(queryOf(asked, T0)).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-31T23:00:00.000Z',
      zone: 'Europe/Berlin',
    });
    expect(metricsAddress({ ...asked, range: undefined })).toContain('days=7');
  });

  it('of the incidents behind a number is that of their list', () => {
    expect(behindAddress('/api/metrics/incidents?from=x&measure=mttr')).toBe(
      '/metrics/incidents?from=x&measure=mttr',
    );
  });
});

describe('a range of days', () => {
  it.each([
    ['', '2026-11-30', 'Choose the first day'],
    ['2026-02-30', '2026-11-30', 'Choose the first day'],
    ['2026-11-01', 'soon', 'Choose the last day'],
    ['2026-11-02', '2026-11-01', 'The last day comes before the first one'],
    ['2025-01-01', '2026-11-01', 'These are 670 days; choose at most 366.'],
  ])('from %j to %j is not understood', (from, to, says) => expect(rangeFault({ from, to })).toContain(says));

  it('of one day, or of a leap year, is', () => {
    expect(rangeFault({ from: '2026-11-01', to: '2026-11-01' })).toBeUndefined();
    expect(rangeFault({ from: '2024-01-01', to: '2024-12-31' })).toBeUndefined();
  });

  it('without a fault is one that the API takes: it ends after it begins, and is not too long', () => {
    const day = fc.integer({ min: 15_000, max: 25_000 });
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Pacific/Apia', 'Asia/Kolkata');
    fc.assert(
      fc.property(day, fc.integer({ min: -3, max: 400 }), zone, (first, more, where) => {
        const range = { from: dayText(first), to: dayText(first + more) };
        expect(dayNumber(range.from)).toBe(first);
        expect(rangeFault(range) === undefined).toBe(more >= 0 && more < 366);
        if (rangeFault(range) !== undefined) return;
        const { from, to } = boundsOf(range, where);
        expect(from).toBeLessThan(to);
        expect(to - from).toBeLessThanOrEqual(367 * DAY);
        expect(zoneOf(where).local(from).day).toBeGreaterThanOrEqual(first);
        expect(zoneOf(where).local(to - 1).day).toBeLessThanOrEqual(first + more);
      }),
    );
  });
});

describe('targets that were', () => {
  it('are said in words', () => {
    const targets = { mtta: { severity: { P1_CRITICAL: 5 * MINUTE } }, mttr: { overall: 6 * HOUR } };
    expect(wordsOf(targets)).toBe('MTTA P1 5 min; MTTR all others 6 h');
    expect(wordsOf({})).toBe('no target');
  });
});

describe('what a list is of', () => {
  it('is said in words', () => {
    expect(behindWords('open=true&severity=P1_CRITICAL')).toBe('open now, P1.');
    const words = behindWords('measure=mtta&state=not-applicable&service=-&weekday=5&hour=3');
    expect(words).toBe('no service, MTTA not applicable, Saturday, between 3:00 and 4:00.');
    expect(behindWords('from=2026-11-02T00:00:00Z&only=phased')).toMatch(
      /^Opened from .* to now, whose phases/,
    );
  });
});

describe('a plot', () => {
  it('has ticks in the unit that fits', () => {
    const units = [20 * MINUTE, 20 * HOUR, 20 * DAY].map(
      (longest) => lengthTicks(longest).at(-1)?.words.split(' ')[1],
    );
    expect(units).toEqual(['min', 'h', 'd']);
    for (const longest of [0, MINUTE, HOUR, 9 * DAY])
      for (const { at } of lengthTicks(longest)) expect(at).toBeLessThanOrEqual(Math.max(longest, MINUTE));
  });

  it('draws a line where days follow each other, and none over a gap', () => {
    expect(pathThrough([{ x: 0, y: 1 }, { x: 1, y: 2 }, undefined, { x: 3, y: 4 }])).toBe(
      'M0.0 1.0L1.0 2.0M3.0 4.0',
    );
  });
});
