import { describe, expect, it } from 'vitest';
import {
  changedQuiet,
  endedQuiet,
  maintainedUntil,
  newMaintenance,
  newSilence,
  quietStateOf,
} from '../../../../shared/alerts/index.ts';
import { DAY, HOUR, type Instant, idOf } from '../../../../shared/kernel/index.ts';
import { ann, T0 } from '../../../support/given.ts';
import { epoch } from '../../../support/signals.ts';
import { maintenance } from '../../../support/silences.ts';

const id = idOf('silence', T0, 'x');
const by = { by: ann, now: T0 };
const matchers = [{ name: 'host', op: '=', value: 'db1' }] as const;
const made = (more: object = {}) =>
  newSilence(id, { matchers, to: T0 + HOUR, comment: 'repair', ...more }, by);

describe('a silence', () => {
  it('holds from now on at the earliest, until its end', () => {
    const silence = made({ from: T0 - DAY });
    expect([silence.from, silence.to]).toEqual([T0, T0 + HOUR]);
    const stateAt = (at: Instant) => quietStateOf(silence, at);
    expect([stateAt(T0), stateAt(T0 + HOUR - 1), stateAt(T0 + HOUR)]).toEqual([
      ...['active', 'active', 'expired'],
    ]);
    expect(quietStateOf(made({ from: T0 + 1 }), T0)).toBe('pending');
  });

  it.each([
    ['no end', { to: undefined }, /'to'/],
    ['an end that is past', { to: T0 }, /say a time after/],
    ['an end before its beginning', { from: T0 + 2 * HOUR }, /say a time after/],
    ['more than a year', { to: T0 + 400 * DAY }, /at most 366/],
    ['no matchers', { matchers: [] }, /everything: true/],
    ['matchers that fit all', { matchers: [{ name: 'a', op: '!=', value: 'b' }] }, /everything: true/],
  ])('with %s is refused in words', (_, said, message) => {
    expect(() => made(said)).toThrow(message);
  });

  it('that is meant to leave out nothing says so', () => {
    expect(made({ matchers: [], everything: true }).matchers).toEqual([]);
  });

  it('until resolved has an end of its own, so that it is not forgotten for ever', () => {
    expect(made({ untilResolved: true, to: undefined }).to).toBe(T0 + 7 * DAY);
    expect(made({ untilResolved: true }).to).toBe(T0 + HOUR);
  });

  it('changes while it is not over, but not in when it began', () => {
    const later = changedQuiet(made(), { to: T0 + 2 * HOUR, comment: 'longer' }, { by: ann, now: T0 + 1 });
    expect(later).toMatchObject({
      from: T0,
      to: T0 + 2 * HOUR,
      comment: 'longer',
      version: 2,
      changedBy: ann,
      changedAt: T0 + 1,
    });
    expect(() => changedQuiet(made(), { from: T0 + HOUR / 2 }, { by: ann, now: T0 + 1 })).toThrow(
      /beginning stays/,
    );
    expect(() => changedQuiet(made(), { to: T0 + DAY }, { by: ann, now: T0 + HOUR })).toThrow(
      /make a new one/,
    );
    expect(() => changedQuiet(made(), { matchers: [] }, { by: ann, now: T0 + 1 })).toThrow(
      /everything: true/,
    );
  });

  it('is ended once, by somebody; one that never began is over before it did', () => {
    const ended = endedQuiet(made(), { by: ann, now: T0 + 5 });
    expect(ended).toMatchObject({ from: T0, to: T0 + 5, endedBy: ann, version: 2 });
    expect(ended && endedQuiet(ended, { by: ann, now: T0 + 6 })).toBeUndefined();
    const pending = endedQuiet(made({ from: T0 + 9 }), { by: ann, now: T0 + 5 });
    expect(pending).toMatchObject({ from: T0 + 5, to: T0 + 5 });
  });
});

describe('maintenance of a service', () => {
  const at = (seconds: number) => epoch + seconds * 1_000;

  it('lasts until the end of what follows without a gap', () => {
    const windows = [maintenance(0, 60, 'api'), maintenance(50, 90, 'api'), maintenance(95, 120, 'api')];
    expect(maintainedUntil(windows, 'api', at(10))?.until).toBe(at(90));
    expect(maintainedUntil(windows, 'api', at(92))).toBeUndefined();
    expect(maintainedUntil(windows, 'other', at(10))).toBeUndefined();
    expect(maintainedUntil(windows, undefined, at(10))).toBeUndefined();
  });

  it('names services', () => {
    const window = newMaintenance(
      idOf('maintenanceWindow', T0, 'x'),
      { services: ['api'], to: T0 + HOUR, comment: 'new disks' },
      by,
    );
    expect(window).toMatchObject({ kind: 'maintenance', services: ['api'], from: T0, to: T0 + HOUR });
  });
});
