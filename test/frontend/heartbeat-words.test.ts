import { describe, expect, test } from 'vitest';
import {
  changeOf,
  draftOf,
  emptyDraft,
  faultsOf,
  wishOf,
} from '../../frontend/alerts/heartbeats/heartbeat-draft.ts';
import {
  countsOf,
  exactly,
  rhythmOf,
  signOf,
  worstFirst,
} from '../../frontend/alerts/heartbeats/heartbeat-words.ts';
import { alertsApi } from '../../shared/alerts/api.ts';
import { MINUTE } from '../../shared/kernel/index.ts';
import { heartbeats } from './heartbeat-sample.ts';

const due = Date.parse('2026-11-28T10:00:00Z');
const alive = { state: 'alive', dueAt: '2026-11-28T10:00:00.000Z', graceMinutes: 5 } as const;

describe('how a heartbeat stands', () => {
  test.each([
    [due - 5 * MINUTE - 1, 'alive'],
    [due - 5 * MINUTE, 'late'],
    // That it is missed is the word of the system, not of the browser's clock.
    [due + MINUTE, 'late'],
  ])('is read from when it is expected', (now, sign) => {
    expect(signOf(alive, now)).toBe(sign);
  });

  test.each(['missed', 'waiting', 'paused'] as const)('%s is as the system says', (state) => {
    expect(signOf({ state, graceMinutes: 5 }, due)).toBe(state);
  });

  test('is counted with the worst first', () =>
    expect(countsOf(heartbeats.items, Date.now())).toBe('1 missed, 1 late, 1 alive, 1 waiting, 1 paused'));

  test('decides its place: what is missed, then what is late, then all others, each by name', () => {
    const named = (state: 'alive' | 'missed' | 'paused', name: string, dueAt?: string) => ({
      ...{ ...heartbeats.items[0], state, name, intervalMinutes: 60, graceMinutes: 5, enabled: true },
      ...{ severity: 'P3_MEDIUM' as const, createdAt: alive.dueAt, ...(dueAt && { dueAt }) },
    });
    const shown = worstFirst(
      [
        named('alive', 'zebra', '2026-11-28T10:30:00.000Z'),
        named('alive', 'late b', alive.dueAt),
        named('paused', 'Yak'),
        named('missed', 'missed b'),
        named('alive', 'ant', '2026-11-28T10:30:00.000Z'),
        named('alive', 'Late a', alive.dueAt),
        named('missed', 'missed a'),
      ],
      due,
    );
    expect(shown.map(({ name }) => name)).toEqual([
      ...['missed a', 'missed b', 'Late a', 'late b', 'ant', 'Yak', 'zebra'],
    ]);
  });
});

describe('how often it calls', () => {
  test.each([
    [1, 0, 'Every minute, without grace'],
    [60, 1, 'Every hour, with 1 min of grace'],
    [90, 5, 'Every 1 h 30 min, with 5 min of grace'],
    [1440, 60, 'Every day, with 1 h of grace'],
    [1441, 5, 'Every 1 d 1 min, with 5 min of grace'],
  ])('of %i and %i minutes is %s', (intervalMinutes, graceMinutes, words) => {
    expect(rhythmOf({ intervalMinutes, graceMinutes })).toBe(words);
  });

  test('of nothing is no length', () => expect(exactly(0)).toBe('0 min'));
});

describe('what is written in its form', () => {
  const named = { ...emptyDraft, name: ' nightly backup ' };

  test('is what the API takes to make one', () => {
    const wish = wishOf({ ...named, tags: 'a, ,b ', service: ' backup ' });
    expect(wish).toEqual({
      ...{ name: 'nightly backup', severity: 'P3_MEDIUM', intervalMinutes: 60, graceMinutes: 5 },
      ...{ service: 'backup', tags: ['a', 'b'] },
    });
    expect(alertsApi['create-heartbeat'].body.parse(wish)).toMatchObject(wish);
  });

  test.each(heartbeats.items)(
    'of $name begins as it is, and sent unchanged it changes nothing',
    (heartbeat) => {
      const change = alertsApi['change-heartbeat'].body.parse(changeOf(draftOf(heartbeat)));
      const {
        intervalMinutes,
        graceMinutes,
        severity,
        service = null,
        ownerTeam = null,
        tags = [],
      } = heartbeat;
      expect(change).toEqual({
        ...{ intervalMinutes, graceMinutes, severity, service, ownerTeam, tags },
        ...{ alertTitle: null, description: null },
      });
    },
  );

  test.each([
    [{ name: '' }, 'name'],
    [{ name: 'a/b' }, 'name'],
    [{ interval: { count: '0', unit: 'days' } }, 'interval'],
    [{ interval: { count: '1.5', unit: 'hours' } }, 'interval'],
    [{ interval: { count: '367', unit: 'days' } }, 'interval'],
    [{ grace: { count: '', unit: 'minutes' } }, 'grace'],
    [{ grace: { count: '25', unit: 'hours' } }, 'grace'],
    [{ tags: Array.from({ length: 21 }, (_, at) => at).join() }, 'tags'],
  ] as const)('is refused at its field: %j', (part, field) => {
    expect(Object.keys(faultsOf({ ...named, ...part }))).toEqual([field]);
    const sent = wishOf({ ...named, ...part });
    expect(alertsApi['create-heartbeat'].body.safeParse(sent).success).toBe(false);
  });

  test('is right as it begins, once it has a name', () => expect(faultsOf(named)).toEqual({}));
});
