import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../shared/kernel/index.ts';
import { isOutdated, viewInternal } from '../../../shared/status/index.ts';
import {
  anyHistory,
  component,
  componentId,
  type Given,
  incident,
  maintenanceId,
  NOON,
  page,
  play,
  update,
} from '../../support/status-page.ts';

const uptimeAt = (now: number, ...commands: readonly Given[]) => {
  const [first] = viewInternal(play(commands).state, { id: page, now }).components;
  if (!first) throw new Error('no component');
  return first.uptime;
};
const statusAt = (now: number, ...commands: readonly Given[]) =>
  viewInternal(play(commands).state, { id: page, now }).components[0]?.status;

const mark = (status: 'operational' | 'partial_outage' | 'major_outage') =>
  ({ do: 'mark', component: componentId('a'), status }) as const;
const work = (from: number, until: number) =>
  ({
    do: 'schedule',
    id: maintenanceId('m'),
    maintenance: { title: 'm', text: 'm', components: [componentId('a')], internal: false, from, until },
  }) as const;

describe('uptime', () => {
  it('is whole when nothing happened, and known only since the component exists', () => {
    const uptime = uptimeAt(NOON + 3 * DAY, [component('a'), NOON]);
    expect(uptime).toEqual({
      from: '2026-09-03',
      to: '2026-12-01',
      since: '2026-11-28',
      percent: 100,
      days: [],
    });
  });

  it('is not known of what begins in this moment', () => {
    expect(uptimeAt(NOON, [component('a'), NOON])).not.toHaveProperty('percent');
  });

  it('counts a major outage whole and a partial one three tenths, of the time that is known', () => {
    const day: readonly Given[] = [
      [component('a'), NOON - 10 * HOUR],
      [mark('major_outage'), NOON],
      [mark('partial_outage'), NOON + HOUR],
      [mark('operational'), NOON + 2 * HOUR],
    ];
    const uptime = uptimeAt(NOON + 3 * HOUR, ...day);
    expect(uptime.percent).toBe(90);
    expect(uptime.days).toEqual([{ day: '2026-11-28', status: 'major_outage', seconds: 7200 }]);
  });

  it('divides an outage over midnight between its days', () => {
    const uptime = uptimeAt(
      NOON + DAY,
      [component('a'), NOON],
      [mark('major_outage'), NOON + 11 * HOUR],
      [mark('operational'), NOON + 14 * HOUR],
    );
    expect(uptime.days).toEqual([
      { day: '2026-11-28', status: 'major_outage', seconds: 3600 },
      { day: '2026-11-29', status: 'major_outage', seconds: 7200 },
    ]);
  });

  it('leaves maintenance out, also of the time that is known', () => {
    const uptime = uptimeAt(
      NOON + 4 * HOUR,
      [component('a'), NOON],
      [work(NOON + HOUR, NOON + 2 * HOUR), NOON],
      [mark('major_outage'), NOON + HOUR],
      [mark('operational'), NOON + 2 * HOUR],
    );
    expect(uptime.percent).toBe(100);
    expect(uptime.days).toEqual([{ day: '2026-11-28', status: 'under_maintenance', seconds: 0 }]);
  });

  it('is never shown as 100 when something was lost', () => {
    const uptime = uptimeAt(
      NOON + 80 * DAY,
      [component('a'), NOON],
      [mark('major_outage'), NOON + DAY],
      [mark('operational'), NOON + DAY + 1000],
    );
    expect(uptime.percent).toBe(99.99);
  });

  it('is between 0 and 100 for whatever happened, and lists no day twice', () => {
    fc.assert(
      fc.property(anyHistory, fc.nat(100), (history, days) => {
        const now = NOON + days * DAY;
        for (const { uptime } of viewInternal(play(history).state, { id: page, now }).components) {
          expect(uptime.percent ?? 50).toBeGreaterThanOrEqual(0);
          expect(uptime.percent ?? 50).toBeLessThanOrEqual(100);
          expect(new Set(uptime.days.map(({ day }) => day)).size).toBe(uptime.days.length);
          for (const { day, seconds } of uptime.days) {
            expect(day >= uptime.from && day <= uptime.to).toBe(true);
            expect(seconds).toBeLessThanOrEqual(86_400);
          }
        }
      }),
    );
  });
});

describe('the status of a component', () => {
  it('is the worst of what incidents and people say, until the last of them is over', () => {
    const all: readonly Given[] = [
      [component('a'), NOON],
      [incident('x', { a: 'major_outage' }), NOON + 1],
      [incident('y', { a: 'degraded_performance' }), NOON + 2],
      [update('x', 2, 'resolved'), NOON + 3],
      [update('y', 2, 'resolved'), NOON + 4],
    ];
    expect([1, 2, 3, 4].map((i) => statusAt(NOON + i, ...all.slice(0, i + 1)))).toEqual([
      'major_outage',
      'major_outage',
      'degraded_performance',
      'operational',
    ]);
  });

  it('is maintenance while that is under way, but for an outage', () => {
    const planned: readonly Given[] = [
      [component('a'), NOON],
      [work(NOON + HOUR, NOON + 2 * HOUR), NOON],
    ];
    const during = NOON + HOUR;
    expect(statusAt(NOON, ...planned)).toBe('operational');
    expect(statusAt(during, ...planned)).toBe('under_maintenance');
    expect(statusAt(during, ...planned, [mark('major_outage'), during])).toBe('major_outage');
    expect(statusAt(NOON + 2 * HOUR, ...planned)).toBe('operational');
  });
});

describe('a written page', () => {
  it('is outdated by a new day and by maintenance that begins or ends, and by nothing else', () => {
    const { state } = play([
      [component('a'), NOON],
      [work(NOON + HOUR, NOON + 2 * HOUR), NOON],
    ]);
    expect(isOutdated(state, NOON, NOON + HOUR - 1)).toBe(false);
    expect(isOutdated(state, NOON, NOON + HOUR)).toBe(true);
    expect(isOutdated(state, NOON + HOUR, NOON + HOUR + MINUTE)).toBe(false);
    expect(isOutdated(state, NOON + HOUR, NOON + 3 * HOUR)).toBe(true);
    expect(isOutdated(state, NOON + 3 * HOUR, NOON + 12 * HOUR - 1)).toBe(false);
    expect(isOutdated(state, NOON + 3 * HOUR, NOON + 12 * HOUR)).toBe(true);
  });
});
