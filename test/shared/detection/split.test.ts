import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../shared/alerts/index.ts';
import { decideSplit, mergeByHand, ruleSchema } from '../../../shared/detection/index.ts';
import { isOpen } from '../../../shared/incidents/index.ts';
import type { DetectionMemory } from '../../support/detection-memory.ts';
import { world } from '../../support/detection-world.ts';
import { epoch, fingerprint, signal } from '../../support/signals.ts';

const on = (name: string, at: number, service: string) => signal(name, 'firing', at, { service });
const time = (seconds: number) => epoch + seconds * 1_000;

/** The incident of a service that opened first, with its guard. */
function sideOf(memory: DetectionMemory, service: string) {
  const incident = [...memory.incidents.values()].find((one) => one.service === service);
  const guard = incident?.correlation && memory.guards.get(incident.correlation.hash);
  if (!incident || !guard) throw new Error(`There is no incident of ${service}`);
  return { incident, guard };
}

/** Splits alerts off the incident of a service, as it is written. */
function splitOff(memory: DetectionMemory, service: string, names: readonly string[], at: number) {
  const { incident, guard } = sideOf(memory, service);
  const heads = names.flatMap((name) => memory.heads.get(fingerprint(name)) ?? []);
  const severities = new Map<string, Severity>([[fingerprint('db'), 'P1_CRITICAL']]);
  const wish = { reason: 'another matter', by: 'Ann', severities, guard };
  const split = decideSplit(incident, heads, wish, time(at));
  for (const head of split.heads) memory.heads.set(head.fingerprint, head);
  memory.guards.set(split.guard.hash, split.guard);
  return split;
}

const stateOfFirst = (memory: DetectionMemory, service: string) => sideOf(memory, service).incident.state;

describe('alerts that a person splits off an incident', () => {
  it('come into a new one, which begins with them, is as severe as they are, and says who did it', () => {
    const { receive, memory } = world();
    receive(0, on('web', 0, 'checkout'));
    receive(10, on('db', 10, 'checkout'));
    const split = splitOff(memory, 'checkout', ['db'], 30);
    expect(split.opening).toMatchObject({ at: time(10), data: { severity: 'P1_CRITICAL' } });
    expect(split.sourceDoes).toMatchObject({
      do: 'split',
      into: split.incident,
      alerts: [fingerprint('db')],
    });
    const why = expect.stringContaining('by Ann: another matter');
    expect(split.entries).toMatchObject([{ fingerprint: fingerprint('db'), state: 'firing', why }]);
    expect(split.guard.windows).toMatchObject([{ incident: split.incident, from: time(10) }]);
    expect(split.commands).toEqual([]);
    expect(split.heads).toMatchObject([
      { pin: split.guard.hash, memberships: [{ incident: split.incident }] },
    ]);
  });

  it('do not come back with what was counted with them', () => {
    const { receive, memory } = world(
      ruleSchema.parse({ id: 'count', name: 'Count', conditions: { threshold: 2, timeWindow: 600 } }),
    );
    receive(0, on('web', 0, 'checkout'), on('db', 0, 'checkout'));
    const split = splitOff(memory, 'checkout', ['db'], 30);
    // More severe than before, so what waits is looked at anew.
    receive(60, signal('web', 'firing', 60, { service: 'checkout', severity: 'P1_CRITICAL' }));
    expect(memory.heads.get(fingerprint('db'))?.memberships).toMatchObject([{ incident: split.incident }]);
  });

  it('make one that is over when they are', () => {
    const { receive, memory } = world();
    receive(0, on('web', 0, 'checkout'), on('db', 10, 'checkout'), signal('db', 'resolved', 20));
    const split = splitOff(memory, 'checkout', ['db'], 30);
    expect(split.commands).toEqual([{ do: 'resolve', reason: 'alerts-resolved', at: time(20) }]);
    expect(split.guard.windows).toMatchObject([{ from: time(10), to: time(20) }]);
  });

  it('are refused when it is over, or nothing is known of them', () => {
    const { receive, settle, memory } = world();
    receive(0, on('web', 0, 'checkout'));
    expect(() => splitOff(memory, 'checkout', ['nobody'], 10)).toThrow('Nothing is known');
    receive(20, signal('web', 'resolved', 20));
    settle(40);
    expect(() => splitOff(memory, 'checkout', ['web'], 50)).toThrow('only what is open can be split');
  });
});

describe('an incident that an alert was split off', () => {
  it('ends with those that stay', () => {
    const { receive, settle, memory } = world();
    receive(0, on('web', 0, 'checkout'), on('db', 10, 'checkout'));
    splitOff(memory, 'checkout', ['db'], 30);
    receive(100, signal('web', 'resolved', 100));
    settle(120);
    expect(stateOfFirst(memory, 'checkout')).toBe('resolved');
  });

  it('also when that had come with an incident that was merged into it', () => {
    const { receive, settle, memory } = world();
    receive(0, on('web', 0, 'checkout'));
    receive(10, on('db', 10, 'postgres'));
    const sides = [sideOf(memory, 'checkout'), sideOf(memory, 'postgres')] as const;
    memory.mergeByHand(mergeByHand(...sides, 'one cause', time(20)), time(20));
    splitOff(memory, 'checkout', ['db'], 30);
    receive(100, signal('web', 'resolved', 100));
    settle(120);
    expect(stateOfFirst(memory, 'checkout')).toBe('resolved');
  });

  it('also when fixed windows that became one were merged so', () => {
    const fixed = ruleSchema.parse({ id: 'fixed', name: 'Fixed', group: { mode: 'fixed', window: 960 } });
    const { receive, settle, memory } = world(fixed);
    // An alert that goes on over the end of a window makes one of two; what comes late tells that it did.
    receive(0, on('web', 0, 'checkout'));
    receive(1_000, on('db', 1_000, 'checkout'));
    receive(1_010, on('web', 1_005, 'checkout'));
    expect([...memory.incidents.values()].filter(isOpen)).toHaveLength(1);
    splitOff(memory, 'checkout', ['db'], 1_020);
    receive(1_100, signal('web', 'resolved', 1_100));
    settle(1_120);
    expect(stateOfFirst(memory, 'checkout')).toBe('resolved');
  });
});
