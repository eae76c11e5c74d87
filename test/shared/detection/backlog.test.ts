import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import {
  decideSettle,
  type Guard,
  guardAfter,
  isDecisive,
  type QueuedSignals,
  ruleSchema,
  type Settle,
  withKnowledge,
} from '../../../shared/detection/index.ts';
import type { Instant } from '../../../shared/kernel/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const two = ruleSchema.parse({ id: 'two', name: 'Two', conditions: { threshold: 2, timeWindow: 180 } });

const at = (seconds: number): Instant => epoch + seconds * 1_000;

/** A fifth of 13 minutes: so long may it take to work off what came since. */
const BEHIND = 780;
const HELD = 156;

/** One accepted POST that was put into the queue then and is taken out for the first time. */
const queuedAt = (then: Instant, ...signals: readonly Signal[]): QueuedSignals => ({
  ...post(...signals),
  queuedAt: then,
});

/** One that was put into the queue when the last of its signals happened. */
const queued = (...signals: readonly Signal[]): QueuedSignals =>
  queuedAt(Math.max(...signals.map((one) => one.at)), ...signals);

const critical = { severity: 'P1_CRITICAL' } as const;
const fires = (name: string, seconds: number, more: Partial<Signal> = critical) =>
  signal(name, 'firing', seconds, more);
const ends = (name: string, seconds: number) => signal(name, 'resolved', seconds);

const world = (rule = byService) => new DetectionMemory([rule]);

/** In how many seconds from `now` the next page of each open incident is due. */
const dueIn = ({ incidents }: DetectionMemory, now: number): readonly (number | undefined)[] =>
  [...incidents.values()]
    .filter(({ state }) => state !== 'resolved')
    .map((one) => (one.state === 'triggered' && one.next ? (one.next.dueAt - at(now)) / 1_000 : undefined));

describe('[F31] [M10] detection that is thirteen minutes behind', () => {
  it('pages nobody about what fired and ended meanwhile, in whatever batches that comes', () => {
    const memory = world();
    memory.receive([queued(fires('api', 0))], at(BEHIND));
    expect(dueIn(memory, BEHIND)).toEqual([HELD]);
    memory.receive([queued(ends('api', 60))], at(BEHIND + 30));
    memory.settle(at(BEHIND + 40));
    expect(dueIn(memory, BEHIND)).toEqual([]);
  });

  it('pages about what is told each minute until when it fires, and goes on', () => {
    const memory = world();
    const told = (second: number) => fires('api', 0, { ...critical, until: at(second + 240) });
    for (let second = 0; second <= BEHIND; second += 60) {
      memory.receive([queuedAt(at(second), told(second))], at(BEHIND + second / 60));
      // What the sweep asked before waits among the rest; what was told since then is not over by that.
      memory.ask(['api'].map(fingerprint), at(second), at(BEHIND + second / 60));
      memory.settle(at(BEHIND + second / 60));
      expect(dueIn(memory, BEHIND)).toEqual([HELD]);
    }
  });

  it('pages at once about the P1 that came last', () => {
    const memory = world();
    memory.receive([queued(fires('old', 0, { ...critical, service: 'search' }))], at(BEHIND));
    memory.receive([queued(fires('new', BEHIND - 5))], at(BEHIND));
    expect(dueIn(memory, BEHIND)).toEqual([HELD, 0]);
  });

  it('pages at once about the P1 that came last, also where something less urgent of its group is held', () => {
    const memory = world();
    memory.receive([queued(fires('old', 0, { severity: 'P3_MEDIUM' }))], at(BEHIND));
    memory.receive([queued(fires('new', BEHIND - 5))], at(BEHIND));
    expect(dueIn(memory, BEHIND)).toEqual([0]);
  });

  it('holds what a threshold opens as long as the firing that reached it', () => {
    for (const batches of [[[fires('a', 0)], [fires('b', 0)]], [[fires('a', 0), fires('b', 0)]]]) {
      const memory = world(two);
      for (const batch of batches) memory.receive([queued(...batch)], at(BEHIND));
      expect(dueIn(memory, BEHIND)).toEqual([HELD]);
    }
  });

  it('opens at once what a firing reaches that came just now, whatever was counted before', () => {
    const memory = world(two);
    memory.receive([queued(fires('a', BEHIND - 150))], at(BEHIND));
    memory.receive([queued(fires('b', BEHIND))], at(BEHIND));
    expect(dueIn(memory, BEHIND)).toEqual([0]);
  });

  it('opens at once what one batch has just now and long ago', () => {
    const memory = world(two);
    const [old, late] = [fires('a', BEHIND - 150), fires('b', BEHIND)];
    memory.receive([queued(late), queued(old)], at(BEHIND));
    expect(dueIn(memory, BEHIND)).toEqual([0]);
  });

  it('holds what it reopens', () => {
    const memory = world();
    memory.receive([queued(fires('api', 0))], at(1));
    memory.receive([queued(ends('api', 60))], at(61));
    memory.settle(at(75));
    memory.receive([queued(fires('api', 120))], at(120 + BEHIND));
    expect(dueIn(memory, 120 + BEHIND)).toEqual([HELD]);
  });

  it('holds the first page about what becomes urgent, under a threshold too', () => {
    for (const rule of [byService, two]) {
      const memory = world(rule);
      const low = { severity: 'P4_LOW' } as const;
      memory.receive([queued(fires('a', 0, low), fires('b', 0, low))], at(1));
      expect(dueIn(memory, 1)).toEqual([undefined]);
      memory.receive([queued(fires('c', 60))], at(60 + BEHIND));
      expect(dueIn(memory, 60 + BEHIND)).toEqual([HELD]);
    }
  });

  it('holds what a bridge reopens, also where only the bridged one was urgent', () => {
    for (const severity of ['P1_CRITICAL', 'P4_LOW'] as const) {
      const memory = world();
      memory.receive([queued(fires('a', 0, { severity }))], at(1));
      memory.receive([queued(ends('a', 60))], at(61));
      memory.settle(at(75));
      memory.receive([queued(fires('b', 1_300))], at(1_301));
      expect(memory.incidents.size).toBe(2);
      memory.receive([queued(fires('c', 1_400 - BEHIND, { severity: 'P5_INFO' }))], at(1_400));
      expect(dueIn(memory, 1_400)).toEqual([HELD]);
    }
  });
});

describe('[F31] [M10] an incident that was closed while an alert joined that waited for thirteen minutes', () => {
  const NOW = 60 + BEHIND;

  /** Opened and over long ago; then these join, each message by itself, while somebody closes it who did not see them. */
  function closedBeside(by: 'settled' | 'person', ...joining: readonly QueuedSignals[]) {
    const memory = world();
    memory.receive([queued(fires('first', 0))], at(1));
    memory.receive([queued(ends('first', 30))], at(31));
    const [guard] = memory.guards.values();
    const [incident] = memory.incidents.values();
    if (!guard || !incident) throw new Error('Nothing opened');
    const settle: Settle = { incident: incident.id, generation: 1, correlation: guard.hash };
    const before = [...memory.heads.values()];
    for (const message of joining) memory.receive([message], at(NOW));
    const closed = by === 'settled' ? settledGuard(guard) : resolvedGuard(guard);
    const heads = [...memory.heads.values()];
    return {
      heads,
      window: closed.windows[0],
      guard: closed,
      look: (after: number) => decideSettle(closed, settle, heads, at(NOW + after))?.command,
    };

    function settledGuard(open: Guard): Guard {
      return decideSettle(open, settle, before, at(NOW))?.guard ?? open;
    }
    function resolvedGuard(open: Guard): Guard {
      const command = { do: 'resolve', reason: 'person', at: at(NOW) } as const;
      memory.byHand(settle.incident, command, at(NOW));
      const after = memory.incidents.get(settle.incident);
      return (after && guardAfter(withKnowledge(open, settle.incident, 2), after, at(NOW))) ?? open;
    }
  }

  const waited = queued(fires('waited', 60));
  const fresh = queued(fires('fresh', NOW - 1));

  it.each(['settled', 'person'] as const)('(by: %s) opens again, and its page is held as theirs is', (by) => {
    const { look } = closedBeside(by, waited);
    expect(look(10)).toMatchObject({ do: 'reopen', pageAt: at(NOW + HELD) });
    expect(look(HELD)).not.toHaveProperty('pageAt');
  });

  it('pages at once when one of them had not waited, whichever joined first', () => {
    for (const joining of [
      [waited, fresh],
      [fresh, waited],
    ]) {
      const command = closedBeside('settled', ...joining).look(10);
      expect(command).toMatchObject({ do: 'reopen' });
      expect(command).not.toHaveProperty('pageAt');
    }
  });

  it('has whoever loads its alerts look for one that had not waited, unless it is open anyway', () => {
    const { heads, guard, window } = closedBeside('settled', waited, fresh);
    if (!window) throw new Error('There is no window');
    const { to: _, ...open } = window;
    const deciding = (one: typeof window) => heads.map((head) => isDecisive(guard, one, head));
    expect(deciding(window)).toEqual([false, false, true]);
    expect(deciding(open)).toEqual([false, true, true]);
  });
});

describe('[F31] where nothing waits behind it', () => {
  const BACK = 3_600;

  it('what was put into the queue anew is paged at once, however long ago it was received', () => {
    const memory = world();
    memory.receive([queuedAt(at(BACK - 5), fires('api', 0))], at(BACK));
    expect(dueIn(memory, BACK)).toEqual([0]);
  });

  it('so is what is tried again', () => {
    const memory = world();
    memory.receive([post(fires('api', 0))], at(BACK));
    expect(dueIn(memory, BACK)).toEqual([0]);
  });
});
