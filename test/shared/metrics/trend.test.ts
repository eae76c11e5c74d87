import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../shared/kernel/index.ts';
import { bucketsOf, isZone, profileOf, seriesOf, slopeOf, zoneOf } from '../../../shared/metrics/index.ts';
import { T0 } from '../../support/given.ts';
import { samplesOf } from './given-samples.ts';

const utc = zoneOf('UTC');
const from = T0 - 84 * DAY;
const scope = { from, to: T0 };

/** Three incidents a week over twelve weeks, as long as the week says. */
const weekly = (length: (week: number) => number) =>
  samplesOf([...Array(36).keys()].map((i) => [from + i * 56 * HOUR, length(Math.floor(i / 3))] as const));

describe('where a measure is going', () => {
  it('is told from twenty durations in four weeks on', () => {
    const falling = slopeOf(
      seriesOf(
        weekly((week) => 200 - 10 * week),
        scope,
        utc,
      ),
      'mttr',
    );
    expect(falling).toMatchObject({ shown: true, direction: 'falling' });
    if (falling.shown) expect(falling.perWeek / MINUTE).toBeCloseTo(-10, 0);
  });

  it('is steady where chance would do as much, and where nothing changes', () => {
    const same = slopeOf(
      seriesOf(
        weekly(() => 60),
        scope,
        utc,
      ),
      'mttr',
    );
    expect(same).toEqual({ shown: true, perWeek: 0, direction: 'steady' });
    const swinging = slopeOf(
      seriesOf(
        weekly((week) => (week % 2 ? 90 : 60)),
        scope,
        utc,
      ),
      'mttr',
    );
    expect(swinging).toMatchObject({ direction: 'steady' });
  });

  it('is not turned by one outlier', () => {
    const told = slopeOf(
      seriesOf(
        weekly((week) => (week === 6 ? 9_000 : 100 + 5 * week)),
        scope,
        utc,
      ),
      'mttr',
    );
    expect(told).toMatchObject({ shown: true, direction: 'rising' });
    if (told.shown) expect(told.perWeek / MINUTE).toBeLessThan(8);
  });

  it('is hidden, with the reason, where there is too little', () => {
    const few = slopeOf(seriesOf(weekly(() => 60).slice(0, 12), scope, utc), 'mttr');
    expect(few).toEqual({ shown: false, why: expect.stringContaining('Only 12 recorded') });
    const short = samplesOf([...Array(40).keys()].map((i) => [T0 - 10 * DAY + i * 6 * HOUR, 60] as const));
    const days = { from: T0 - 30 * DAY, to: T0 };
    expect(slopeOf(seriesOf(short, days, utc), 'mttr')).toEqual({
      shown: false,
      why: expect.stringContaining('less than 4 weeks'),
    });
  });
});

describe('the days and weeks of a window', () => {
  const window = fc.record({
    from: fc.integer({ min: 0, max: 365 * 24 }).map((hours) => T0 + hours * HOUR),
    hours: fc.integer({ min: 1, max: 366 * 24 }),
    zone: fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
    ),
    places: fc.array(fc.double({ min: 0, max: 0.9999, noNaN: true }), { maxLength: 20 }),
  });

  it('touch each other, fill it, and hold each incident in its own', () => {
    fc.assert(
      fc.property(window, ({ from: begin, hours, zone, places }) => {
        const to = begin + hours * HOUR;
        const opened = places.map((place) => Math.floor(begin + place * hours * HOUR));
        const samples = samplesOf(opened.map((at) => [at, 10] as const));
        const buckets = bucketsOf(samples, { from: begin, to }, zoneOf(zone));
        expect([buckets[0]?.from, buckets.at(-1)?.to]).toEqual([begin, to]);
        for (const [i, bucket] of buckets.entries()) {
          expect(bucket.from).toBeLessThan(bucket.to);
          if (i > 0) expect(bucket.from).toBe(buckets[i - 1]?.to);
          for (const { openedAt } of bucket.samples) {
            expect(openedAt).toBeGreaterThanOrEqual(bucket.from);
            expect(openedAt).toBeLessThan(bucket.to);
          }
        }
        expect(buckets.flatMap((bucket) => bucket.samples)).toHaveLength(samples.length);
      }),
      { numRuns: 200 },
    );
  });

  it('begin on Mondays, at the midnight of the zone', () => {
    const buckets = bucketsOf(
      [],
      { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 4, 1) },
      zoneOf('Europe/Berlin'),
    );
    const second = buckets.slice(1, -1).map((bucket) => new Date(bucket.from).toISOString());
    expect(second[0]).toBe('2026-03-01T23:00:00.000Z');
    // Summer time began on 29 March.
    expect(second[4]).toBe('2026-03-29T22:00:00.000Z');
  });
});

describe('the calendar of a zone', () => {
  it('is that of the wall', () => {
    // 25 October 2026: clocks went back at 03:00.
    const zone = zoneOf('Europe/Berlin');
    expect(zone.local(Date.UTC(2026, 9, 25, 0, 30))).toMatchObject({ weekday: 6, hour: 2 });
    expect(zone.local(Date.UTC(2026, 9, 25, 1, 30))).toMatchObject({ weekday: 6, hour: 2 });
    expect(zone.local(Date.UTC(2026, 9, 25, 23, 30))).toMatchObject({ weekday: 0, hour: 0 });
    expect(zoneOf('Asia/Kathmandu').local(Date.UTC(2026, 0, 1, 18, 20)).hour).toBe(0);
  });

  it('begins each day at its first moment, also where there is no midnight or there are two', () => {
    const saoPaulo = zoneOf('America/Sao_Paulo');
    // On 16 October 2016 the clock went from midnight to one; on 19 February 2017 from midnight back to eleven.
    expect(saoPaulo.startOf(Date.UTC(2016, 9, 16) / DAY)).toBe(Date.UTC(2016, 9, 16, 3));
    expect(saoPaulo.startOf(Date.UTC(2017, 1, 19) / DAY)).toBe(Date.UTC(2017, 1, 19, 3));
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Asia/Beirut',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    fc.assert(
      fc.property(zone, fc.integer({ min: 16_000, max: 22_000 }), (name, day) => {
        const { startOf, local } = zoneOf(name);
        expect(local(startOf(day)).day).toBe(day);
        expect(local(startOf(day) - 1).day).toBe(day - 1);
      }),
      { examples: [['America/Sao_Paulo', Date.UTC(2016, 9, 16) / DAY]] },
    );
  });

  it('is there for what has a name', () => {
    expect(['UTC', 'Europe/Berlin', 'Mars', ''].map(isZone)).toEqual([true, true, false, false]);
  });
});

describe('the hours of the week', () => {
  it('hold each incident once, by the calendar of the zone', () => {
    const samples = weekly(() => 60);
    const profile = profileOf(samples, zoneOf('America/New_York'));
    if (!profile.shown) throw new Error(profile.why);
    expect(profile.cells.flatMap((cell) => cell.samples)).toHaveLength(samples.length);
    for (const { weekday, hour } of profile.cells) {
      expect(weekday).toBeGreaterThanOrEqual(0);
      expect(weekday * 24 + hour).toBeLessThan(168);
    }
  });

  it('are hidden where there is too little', () => {
    expect(profileOf(weekly(() => 60).slice(0, 10), utc)).toMatchObject({ shown: false });
    expect(profileOf([], utc)).toEqual({ shown: false, why: expect.stringContaining('Only 0') });
  });
});
