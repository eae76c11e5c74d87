import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sources } from '../../../shared/alerts/index.ts';
import { DAY, MINUTE, minuteOf, SECOND } from '../../../shared/kernel/index.ts';
import {
  type CanaryRun,
  canaryBody,
  canaryFingerprint,
  formerDoors,
  isForgotten,
  isQuiet,
  planCanary,
  secondsToIncident,
} from '../../../shared/operations/index.ts';

const now = Date.UTC(2026, 10, 24, 2, 0, 30);
const run = (minutesAgo: number): CanaryRun => ({
  minute: minuteOf(now) - minutesAgo,
  postedAt: now - minutesAgo * MINUTE,
});
const integration = 'int_01TEST';

describe('a run of the canary', () => {
  it('is named by its minute, so that a run that is started twice is one', () => {
    expect(planCanary([run(0)], now)).toEqual(planCanary([], now));
  });

  it('looks for the alert of the run before, however long ago that was', () => {
    expect(planCanary([], now).before).toBeUndefined();
    expect(planCanary([run(1), run(2)], now).before).toEqual(run(1));
    expect(planCanary([run(17)], now).before).toEqual(run(17));
  });

  it('clears away what is over, and never what may still be under way', () => {
    expect(planCanary([run(1), run(39)], now).over).toEqual([]);
    expect(planCanary([run(40), run(1), run(55)], now).over).toEqual([run(40), run(55)]);
  });

  it('clears more away than it makes, and not all at once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { maxLength: 200 }), (minutes) => {
        const { own, before, over } = planCanary(minutes.map(run), now);
        expect(over.length).toBeLessThanOrEqual(20);
        expect(over.length).toBeGreaterThanOrEqual(Math.min(2, minutes.filter((ago) => ago >= 40).length));
        for (const one of over) expect(one.postedAt).toBeLessThanOrEqual(now - 40 * MINUTE);
        expect(over).not.toContainEqual(own);
        expect(before?.minute ?? -1).toBe(
          Math.max(-1, ...minutes.filter((ago) => ago > 0).map((ago) => run(ago).minute)),
        );
      }),
    );
  });

  it('looks at the oldest beside the youngest, so that runs that are stuck crowd nobody out', () => {
    const { over } = planCanary(
      Array.from({ length: 100 }, (_, i) => run(i + 40)),
      now,
    );
    const ago = over.map(({ minute }) => minuteOf(now) - minute);
    const ten = Array.from({ length: 10 }, (_, i) => i);
    expect(ago).toEqual([...ten.map((i) => 40 + i), ...ten.map((i) => 130 + i)]);
  });

  it('whose alert came late is left alone until its incident has been quiet for 40 minutes', () => {
    expect(isQuiet({ updatedAt: now - 39 * MINUTE }, now)).toBe(false);
    expect(isQuiet({ updatedAt: now - 40 * MINUTE }, now)).toBe(true);
  });

  it('knows the doors of a former secret by the runs that were posted through them', () => {
    const runs = [run(1), { ...run(2), door: 'new' }, { ...run(3), door: 'old' }, { ...run(4), door: 'old' }];
    expect(formerDoors(runs, 'new')).toEqual(['old']);
  });

  it('posts its own alert and the end of the one before, which the translator reads as one alert each', () => {
    const body = canaryBody(planCanary([run(1)], now));
    const read = sources.generic.translate(body, { receipt: 'r', receivedAt: now, integration });
    const signals = 'signals' in read ? read.signals : [];
    expect(signals.map(({ state, fingerprint, severity }) => ({ state, fingerprint, severity }))).toEqual([
      { state: 'firing', fingerprint: canaryFingerprint(run(0), integration), severity: 'P5_INFO' },
      { state: 'resolved', fingerprint: canaryFingerprint(run(1), integration), severity: 'P5_INFO' },
    ]);
    expect(new Set(signals.map(({ service }) => service)).size).toBe(2);
    expect(canaryBody(planCanary([], now))).toHaveLength(1);
  });

  it('tells seconds, and none when clocks differ', () => {
    expect(secondsToIncident(run(1), run(1).postedAt + 1.5 * SECOND)).toBe(1.5);
    expect(secondsToIncident(run(1), run(1).postedAt - SECOND)).toBe(0);
  });

  it('is given up when no queue can hold its alert any more, also not among the dead letters', () => {
    expect(isForgotten({ minute: 0, postedAt: now - 14 * DAY }, now)).toBe(false);
    expect(isForgotten({ minute: 0, postedAt: now - 15 * DAY }, now)).toBe(true);
  });
});
