import { describe, expect, it } from 'vitest';
import { mergeByHand, ruleSchema } from '../../../shared/detection/index.ts';
import { isOpen } from '../../../shared/incidents/index.ts';
import { world } from '../../support/detection-world.ts';
import { epoch, signal } from '../../support/signals.ts';

describe('merged incidents', () => {
  it('end when the last of their alerts is over, also of one that came with the incident that is gone', () => {
    const { receive, settle, incidents } = world();
    receive(0, signal('api', 'firing', 0), signal('api', 'resolved', 1));
    receive(1_800, signal('db', 'firing', 1_800));
    receive(1_801, signal('web', 'firing', 900), signal('web', 'resolved', 901));
    settle(1_820);
    const merged = 'resolved P3_MEDIUM generation 1 merged';
    expect(incidents()).toEqual(['triggered P3_MEDIUM generation 2 pages', merged]);
    receive(1_900, signal('db', 'resolved', 1_900));
    settle(1_920);
    expect(incidents()).toEqual(['resolved P3_MEDIUM generation 2', merged]);
  });

  it('leave a guard that does not grow, however many they were', () => {
    const { receive, settle, incidents, memory } = world();
    const apart = 1_800;
    for (let i = 0; i < 60; i++) {
      const at = i * apart;
      receive(at, signal(`a${i}`, 'firing', at), signal(`a${i}`, 'resolved', at + 1));
      const between = at - apart / 2;
      if (i > 0)
        receive(at + 2, signal(`b${i}`, 'firing', between), signal(`b${i}`, 'resolved', between + 1));
    }
    expect(incidents().filter((text) => text.endsWith('merged'))).toHaveLength(59);
    const [guard] = memory.guards.values();
    expect(JSON.stringify(guard).length).toBeLessThan(1_000);
    // A late resolve of the last one that was merged puts the end of the one window right.
    receive(60 * apart, signal('a59', 'resolved', 59 * apart));
    settle(61 * apart);
    expect([...memory.guards.values()].flatMap(({ windows }) => windows)).toMatchObject([
      { from: epoch, to: epoch + 59 * apart * 1_000 },
    ]);
  });
});

describe('an incident that a person merged', () => {
  const lasting = (id: string, minDuration: number) =>
    ruleSchema.parse({
      ...{ id, name: id, conditions: { when: `@title=~"${id}.*"`, minDuration }, group: { by: ['title'] } },
    });

  it.each(['P1_CRITICAL', 'P3_MEDIUM'] as const)(
    'that is %s pages when a P1 that it took in would have, where that is sooner',
    (severity) => {
      const { receive, memory } = world(lasting('slow', 3_600), lasting('fast', 120));
      receive(10, signal('slow', 'firing', 10, { severity }));
      receive(20, signal('fast', 'firing', 20, { severity: 'P1_CRITICAL' }));
      const side = (title: string) => {
        const incident = [...memory.incidents.values()].find((one) => one.title.startsWith(title));
        const guard = incident?.correlation && memory.guards.get(incident.correlation.hash);
        if (!incident || !guard) throw new Error(`nothing is open of ${title}`);
        return { incident, guard };
      };
      const now = epoch + 60_000;
      memory.mergeByHand(mergeByHand(side('slow'), side('fast'), 'one cause', now), now);
      expect(side('slow').incident).toMatchObject({ next: { step: 1, dueAt: epoch + 140_000 } });
    },
  );

  it('goes on when its escalation would have, where what took it in has paged nobody yet', () => {
    const { receive, memory } = world(lasting('slow', 3_600), lasting('fast', 60));
    receive(10, signal('slow', 'firing', 10));
    receive(20, signal('fast', 'firing', 20));
    const [slow, fast] = [...memory.incidents.values()].map((incident) => {
      const guard = incident.correlation && memory.guards.get(incident.correlation.hash);
      return { incident, ...(guard && { guard }) };
    });
    if (!slow || fast?.incident.state !== 'triggered') throw new Error('two should be open');
    const paged = { ...fast.incident, step: 1, next: { step: 2, dueAt: epoch + 320_000 } };
    const now = epoch + 60_000;
    memory.mergeByHand(mergeByHand(slow, { ...fast, incident: paged }, 'one cause', now), now);
    const next = { step: 1, dueAt: epoch + 320_000 };
    expect(memory.incidents.get(slow.incident.id)).toMatchObject({ state: 'triggered', next });
  });

  it('ends with the alerts that came with it, also of one that fired before the window of what it is in now', () => {
    const { receive, settle, memory, incidents } = world();
    const on = (name: string, at: number) => signal(name, 'firing', at, { service: name });
    // An incident of postgres that is over, and beside it one of checkout that goes on.
    receive(0, on('postgres', 0));
    receive(100, on('checkout', 100));
    receive(1_000, signal('postgres', 'resolved', 1_000));
    settle(1_020);
    receive(4_000, on('postgres', 4_000));
    const open = [...memory.incidents.values()].filter(isOpen);
    const side = (service: string) => {
      const incident = open.find((one) => one.service === service);
      const guard = incident?.correlation && memory.guards.get(incident.correlation.hash);
      if (!incident || !guard) throw new Error(`nothing is open of ${service}`);
      return { incident, guard };
    };
    memory.mergeByHand(
      mergeByHand(side('postgres'), side('checkout'), 'One cause', epoch + 4_010_000),
      epoch + 4_010_000,
    );
    receive(4_020, signal('postgres', 'resolved', 4_020));
    settle(4_040);
    expect(incidents()).toContain('triggered P3_MEDIUM generation 1 pages');
    receive(4_100, signal('checkout', 'resolved', 4_100));
    settle(4_120);
    expect(incidents().filter((text) => !text.startsWith('resolved'))).toEqual([]);
  });
});
