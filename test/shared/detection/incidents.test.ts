import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { world } from '../../support/detection-world.ts';
import { epoch, fingerprint, signal } from '../../support/signals.ts';

describe('alerts become incidents', () => {
  it('an alert opens an incident that pages', () => {
    const { receive, incidents } = world();
    receive(0, signal('api', 'firing', 0, { severity: 'P1_CRITICAL' }));
    expect(incidents()).toEqual(['triggered P1_CRITICAL generation 1 pages']);
  });

  it('what wakes nobody is recorded without a page', () => {
    const { receive, incidents } = world();
    receive(0, signal('api', 'firing', 0, { severity: 'P5_INFO' }));
    expect(incidents()).toEqual(['triggered P5_INFO generation 1']);
  });

  it('[F5] a repeat changes nothing and writes nothing', () => {
    const { receive } = world();
    receive(0, signal('api', 'firing', 0));
    expect(receive(60, signal('api', 'firing', 0))).toEqual({
      held: [],
      openings: [],
      releases: [],
      keys: [],
      later: [],
      loose: [],
      settles: [],
    });
  });

  it('a second alert of the group joins, and raises the severity when it is more urgent', () => {
    const { receive, incidents } = world();
    receive(0, signal('api', 'firing', 0, { severity: 'P4_LOW' }));
    receive(5, signal('db', 'firing', 5, { severity: 'P1_CRITICAL' }));
    expect(incidents()).toEqual(['triggered P1_CRITICAL generation 1 pages']);
  });

  it('an alert of another service is another incident', () => {
    const { receive, incidents } = world();
    receive(0, signal('api', 'firing', 0), signal('db', 'firing', 0, { service: 'storage' }));
    expect(incidents()).toHaveLength(2);
  });

  it('alerts without a service are not thrown together', () => {
    const { receive, incidents } = world();
    const nameless = {
      fingerprint: fingerprint('x'),
      state: 'firing',
      at: epoch,
      title: 'x',
      labels: {},
      links: [],
      flags: [],
    } as const;
    receive(0, nameless, { ...nameless, fingerprint: fingerprint('y') });
    expect(incidents()).toHaveLength(2);
  });

  it('a rule may record alerts without an incident', () => {
    const quiet = ruleSchema.parse({ id: 'quiet', name: 'Quiet', actions: { createIncident: false } });
    const { receive, incidents, memory } = world(quiet);
    receive(0, signal('api', 'firing', 0));
    expect(incidents()).toEqual([]);
    expect(memory.heads.size).toBe(1);
  });
});

describe('incidents end and come back', () => {
  it('an incident ends when all its alerts are over and it was quiet', () => {
    const { receive, settle, incidents } = world();
    receive(0, signal('api', 'firing', 0), signal('db', 'firing', 0));
    receive(10, signal('api', 'resolved', 10));
    settle(20);
    expect(incidents()).toEqual(['triggered P3_MEDIUM generation 1 pages']);
    receive(30, signal('db', 'resolved', 30));
    settle(40);
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 1']);
  });

  it('[M3] a resolve that comes before its trigger leaves no open incident and pages nobody', () => {
    const { receive, incidents } = world();
    receive(1, signal('api', 'resolved', 60));
    receive(2, signal('api', 'firing', 0));
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 1']);
  });

  it('[M4] an acknowledgement that comes after the resolve does not bring the alert back', () => {
    const { receive, settle, incidents } = world();
    receive(0, signal('api', 'firing', 0));
    receive(10, signal('api', 'resolved', 10));
    receive(11, signal('api', 'acknowledged', 11));
    settle(30);
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 1']);
  });

  it('an acknowledgement at the source answers the incident, also when it comes first', () => {
    const { receive, incidents } = world();
    receive(0, signal('api', 'firing', 0));
    receive(5, signal('api', 'acknowledged', 5));
    receive(6, signal('db', 'acknowledged', 8, { service: 'storage' }));
    receive(9, signal('db', 'firing', 7, { service: 'storage' }));
    expect(incidents()).toEqual([
      'acknowledged P3_MEDIUM generation 1',
      'acknowledged P3_MEDIUM generation 1',
    ]);
  });

  it('an alert that fires again soon reopens the incident and pages again', () => {
    const { receive, settle, incidents } = world();
    receive(0, signal('api', 'firing', 0));
    receive(10, signal('api', 'resolved', 10));
    settle(20);
    receive(600, signal('api', 'firing', 600));
    expect(incidents()).toEqual(['triggered P3_MEDIUM generation 2 pages']);
  });

  it('[M12] an alert that fires after the window opens a new incident', () => {
    const { receive, settle, incidents } = world();
    receive(0, signal('api', 'firing', 0));
    receive(10, signal('api', 'resolved', 10));
    settle(20);
    receive(2_000, signal('api', 'firing', 2_000));
    expect(incidents()).toEqual([
      'resolved P3_MEDIUM generation 1',
      'triggered P3_MEDIUM generation 1 pages',
    ]);
  });

  it('an alert between two incidents of its group makes them one, and the reason is recorded', () => {
    const { receive, settle, incidents, memory } = world();
    receive(0, signal('api', 'firing', 0));
    receive(1, signal('api', 'resolved', 1));
    settle(20);
    receive(1_800, signal('db', 'firing', 1_800));
    expect(incidents()).toHaveLength(2);
    receive(1_801, signal('web', 'firing', 900));
    expect(incidents()).toEqual([
      'triggered P3_MEDIUM generation 2 pages',
      'resolved P3_MEDIUM generation 1 merged',
    ]);
    expect([...memory.guards.values()].map(({ windows }) => windows.length)).toEqual([1]);
  });
});

describe('thresholds', () => {
  const three = ruleSchema.parse({
    id: 'three',
    name: 'Database connections',
    conditions: { alertPattern: 'database.*fail', threshold: 3, timeWindow: 180, severity: 'P1_CRITICAL' },
  });
  const failing = (name: string, at: number) =>
    signal(name, 'firing', at, { title: `Database ${name} connection failed` });

  it('nothing opens below the threshold; the alert that reaches it opens one incident with all of them', () => {
    const { receive, incidents, memory } = world(three);
    receive(0, failing('a', 0));
    receive(60, failing('b', 60));
    expect(incidents()).toEqual([]);
    receive(120, failing('c', 120));
    expect(incidents()).toEqual(['triggered P1_CRITICAL generation 1 pages']);
    expect([...memory.entries.values()].flat()).toHaveLength(3);
  });

  it('[M13] the same alert again counts once, and what fired before the window does not count', () => {
    const { receive, incidents } = world(three);
    receive(0, failing('a', 0));
    receive(10, failing('a', 10), failing('a', 20));
    receive(100, failing('b', 100));
    receive(290, failing('c', 290));
    expect(incidents()).toEqual([]);
  });

  it('[M13] resolves do not count', () => {
    const { receive, incidents } = world(three);
    receive(0, failing('a', 0), failing('b', 0));
    receive(10, signal('c', 'resolved', 10));
    expect(incidents()).toEqual([]);
  });

  it('an alert that matches no rule goes to the default group', () => {
    const { receive, incidents } = world(three);
    receive(0, signal('api', 'firing', 0));
    expect(incidents()).toEqual(['triggered P3_MEDIUM generation 1 pages']);
  });
});

describe('alerts that began long before they were told', () => {
  const hours = 3_600;
  const began = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      signal(`old-${i}`, 'firing', -i * hours, { severity: 'P1_CRITICAL' }),
    );

  it('join the open incident, however many and in whatever order', () => {
    const { receive, incidents } = world();
    receive(0, ...began(12));
    expect(incidents()).toEqual(['triggered P1_CRITICAL generation 1 pages']);
  });

  it('do not take an acknowledged incident away from who works on it', () => {
    const { receive, incidents } = world();
    receive(0, signal('api', 'firing', 0));
    receive(1, signal('api', 'acknowledged', 1));
    receive(2, signal('old', 'firing', -3 * hours));
    expect(incidents()).toEqual(['acknowledged P3_MEDIUM generation 1']);
  });
});

describe('what comes again', () => {
  it('a resolve asks again whether the incident is over: the first question may have been lost', () => {
    const { receive } = world();
    receive(0, signal('api', 'firing', 0));
    const first = receive(10, signal('api', 'resolved', 10));
    const again = receive(11, signal('api', 'resolved', 10));
    const asked = first.settles.map(({ cause: _, ...settle }) => settle);
    expect(again.settles).toMatchObject(asked);
    expect(again.settles).toHaveLength(1);
    expect(again.keys).toEqual([]);
  });

  it('an alert that joined while the incident was being closed opens it again', () => {
    const { receive, settle, incidents, memory } = world();
    receive(0, signal('api', 'firing', 0));
    receive(10, signal('api', 'resolved', 10));
    const open = new Map(memory.guards);
    settle(20);
    // A worker that has read the guard before the closing writes its alert after it.
    const closed = new Map(memory.guards);
    for (const [hash, guard] of open) memory.guards.set(hash, guard);
    receive(21, signal('db', 'firing', 19));
    for (const [hash, guard] of closed) memory.guards.set(hash, guard);
    receive(22, signal('api', 'resolved', 10));
    settle(40);
    expect(incidents()).toEqual(['triggered P3_MEDIUM generation 2 pages']);
  });
});

describe('names that mean something to the language', () => {
  it('a rule may group by a label called constructor', () => {
    const odd = ruleSchema.parse({
      id: 'odd',
      name: 'Odd',
      group: { by: ['label:constructor', 'label:__proto__'] },
    });
    const { receive, incidents } = world(odd);
    receive(0, signal('api', 'firing', 0));
    expect(incidents()).toHaveLength(1);
  });
});
