import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ended,
  type Heartbeat,
  missed,
  pinged,
  replanned,
  type Signal,
  stateOfHeartbeat,
  untold,
} from '../../../../shared/alerts/index.ts';
import { type Instant, idOf, MINUTE } from '../../../../shared/kernel/index.ts';
import { minutes, T0 } from '../../../support/given.ts';

const heartbeat: Heartbeat = {
  ...{ name: 'nightly backup', id: idOf('integration', T0, 'backup'), createdAt: T0, door: 'x', version: 1 },
  ...{ interval: 10 * MINUTE, grace: MINUTE, enabled: true, severity: 'P2_HIGH', service: 'backup' },
};
const alive = pinged(heartbeat, T0).heartbeat;
const due = minutes(11);
const noted = missed(alive, due) as Heartbeat;

describe('a heartbeat', () => {
  it('that never called is waited for without an end', () => {
    expect(stateOfHeartbeat(heartbeat, minutes(1e6))).toBe('waiting');
    expect(missed(heartbeat, minutes(1e6))).toBeUndefined();
  });

  it('that called is due after its interval and its grace', () => {
    expect(alive).toMatchObject({ lastPingAt: T0, dueAt: due });
    expect(stateOfHeartbeat(alive, due - 1)).toBe('alive');
    expect(missed(alive, due - 1)).toBeUndefined();
  });

  it('that does not call in time is missed since it was due, however late that is seen', () => {
    expect(stateOfHeartbeat(alive, due)).toBe('missed');
    expect(missed(alive, minutes(60))).toMatchObject({ missedAt: due });
    expect(untold(noted, minutes(12))?.signal).toMatchObject({
      ...{ state: 'firing', at: due, title: 'Heartbeat nightly backup is missing' },
      ...{ severity: 'P2_HIGH', service: 'backup', labels: { heartbeat: 'nightly backup' } },
      description: 'It calls every 10 min, with 1 min of grace, and was last heard 11 min before this alert.',
    });
  });

  it('is told of until that is marked, and not again', () => {
    const told = untold(noted, due)?.heartbeat as Heartbeat;
    expect(missed(noted, minutes(12))).toBeUndefined();
    expect(untold(noted, minutes(12))).toBeDefined();
    expect(untold(told, minutes(12))).toBeUndefined();
  });

  it('that calls again is over, under the same name, and expected anew', () => {
    const { heartbeat: next, signal } = pinged(noted, minutes(13));
    expect(signal).toMatchObject({ state: 'resolved', at: minutes(13) });
    expect(signal?.fingerprint).toBe(untold(noted, due)?.signal?.fingerprint);
    expect(next).toMatchObject({ lastPingAt: minutes(13), dueAt: minutes(24) });
    expect([next.missedAt, next.told]).toEqual([undefined, undefined]);
  });

  it('that called just before it was missed, by a clock that is behind, is over no earlier than it was missed', () => {
    expect(pinged(noted, due - 50).signal).toMatchObject({ state: 'resolved', at: due });
  });

  it('whose calls overtake each other knows the last one', () => {
    const later = pinged(heartbeat, minutes(5)).heartbeat;
    expect(pinged(later, minutes(4)).heartbeat).toBe(later);
  });

  it('says what it was told to say', () => {
    const own = { ...noted, alertTitle: 'No backup tonight', description: 'See the wiki.', tags: ['a', 'b'] };
    expect(untold(own, due)?.signal).toMatchObject({
      title: 'No backup tonight',
      description: expect.stringMatching(/^See the wiki\.\nIt calls every/),
      labels: { tags: 'a, b' },
    });
  });
});

describe('what is expected of a heartbeat', () => {
  it('runs from its last call when it is changed', () => {
    expect(replanned(alive, { interval: 60 * MINUTE }, minutes(9)).heartbeat.dueAt).toBe(minutes(61));
  });

  it('ends an alert when it would not have been missed', () => {
    expect(replanned(noted, { interval: 60 * MINUTE }, minutes(12)).signal?.state).toBe('resolved');
    expect(replanned(noted, { interval: 10.5 * MINUTE }, minutes(12))).toMatchObject({
      heartbeat: { missedAt: due },
    });
  });

  it('is nothing while it is paused: an alert ends, and it counts anew from its next call', () => {
    const { heartbeat: paused, signal } = replanned(noted, { enabled: false }, minutes(12));
    expect([signal?.state, stateOfHeartbeat(paused, minutes(99))]).toEqual(['resolved', 'paused']);
    expect(missed(paused, minutes(99))).toBeUndefined();
    expect(pinged(paused, minutes(20)).heartbeat.dueAt).toBeUndefined();
  });

  it('that still does not call when it goes on is missed anew, after what was over', () => {
    const paused = replanned(noted, { enabled: false }, minutes(12)).heartbeat;
    const goneOn = replanned(paused, { enabled: true }, minutes(20)).heartbeat;
    const again = missed(goneOn, minutes(21)) as Heartbeat;
    expect(untold(again, minutes(21))?.signal).toMatchObject({ state: 'firing', at: minutes(20) });
    const longer = replanned(noted, { interval: 60 * MINUTE }, minutes(12)).heartbeat;
    const shorter = replanned(longer, { interval: 10 * MINUTE }, minutes(13)).heartbeat;
    expect(missed(shorter, minutes(14))).toMatchObject({ missedAt: minutes(13) });
  });

  it('ends with it', () => {
    expect(ended(noted, minutes(12))?.state).toBe('resolved');
    expect(ended(alive, minutes(12))).toBeUndefined();
  });
});

const planOf = (what: 'pause' | 'go on') => ({ enabled: what === 'go on' });

/** Calls and looks in the order of time, as a system that looks whenever it looks would take them. */
type Step = readonly ['ping' | 'late ping' | 'look' | 'pause' | 'go on', number];

function lived(steps: readonly Step[]) {
  const signals: Signal[] = [];
  let now = heartbeat;
  let at: Instant = T0;
  for (const [what, after] of steps) {
    at += after * MINUTE;
    if (what !== 'look') {
      // The clock of who is called may be behind that of the sweep by a second.
      const ping = (time: Instant) => pinged(now, time);
      const beat =
        what === 'ping'
          ? ping(at)
          : what === 'late ping'
            ? ping(at - 1_000)
            : replanned(now, planOf(what), at);
      if (beat.signal) signals.push(beat.signal);
      now = beat.heartbeat;
      continue;
    }
    now = missed(now, at) ?? now;
    const beat = untold(now, at);
    if (beat?.signal) signals.push(beat.signal);
    now = beat?.heartbeat ?? now;
  }
  return { signals, heartbeat: now, at };
}

describe('any life of a heartbeat', () => {
  const step = fc.tuple(fc.constantFrom<'ping' | 'look'>('ping', 'look'), fc.integer({ min: 1, max: 25 }));

  it('has alerts and their ends in turn, each no earlier than the one before, and the last says how it stands', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { signals, heartbeat: last } = lived([...steps, ['look', 0]]);
        const states = signals.map(({ state }) => state);
        expect(states).toEqual(states.map((_, place) => (place % 2 === 0 ? 'firing' : 'resolved')));
        const times = signals.map(({ at }) => at);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(states.at(-1) === 'firing').toBe(last.missedAt !== undefined);
      }),
    );
  });

  it('that is looked at each minute is told of within a minute of being due', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 }), (gaps) => {
        const steps = gaps.flatMap((gap) => [
          ['ping', 0] as const,
          ...Array.from({ length: gap }, () => ['look', 1] as const),
        ]);
        const { signals } = lived(steps);
        expect(signals.filter(({ state }) => state === 'firing')).toHaveLength(
          gaps.filter((gap) => gap >= 11).length,
        );
      }),
    );
  });
});
