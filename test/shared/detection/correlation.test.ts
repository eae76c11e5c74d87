import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import {
  decideMerge,
  defaultCorrelation,
  evidenceFor,
  ruleSchema,
  ServiceGraph,
  type Side,
  similarity,
} from '../../../shared/detection/index.ts';
import { chunkEntries, isOpen, type Service, serviceSchema } from '../../../shared/incidents/index.ts';
import { membersOf } from '../../support/detection-memory.ts';
import { worldWith } from '../../support/detection-world.ts';
import { epoch, fingerprint, signal } from '../../support/signals.ts';

const catalogue: readonly Service[] = [
  { id: 'web', dependsOn: ['checkout', 'search'] },
  { id: 'checkout', dependsOn: ['postgres'] },
  { id: 'payments', dependsOn: ['postgres'] },
  { id: 'search', dependsOn: ['elastic'] },
].map((one) => serviceSchema.parse(one));

const fires = (service: string, at: number, more: Partial<Signal> = {}) =>
  signal(service, 'firing', at, { service, title: `${service} is slow`, ...more });
const ends = (service: string, at: number) => signal(service, 'resolved', at);

describe('alerts of services that depend on each other', () => {
  it('come into the incident of the failure upstream, which is named as the origin', () => {
    const { receive, memory } = worldWith(catalogue);
    receive(0, fires('postgres', 0));
    receive(20, fires('checkout', 20));
    receive(30, fires('web', 30));
    const [incident, ...others] = [...memory.incidents.values()];
    expect(others).toEqual([]);
    expect(incident?.service).toBe('postgres');
    const reasons = [...memory.entries.values()].flat().map(({ why }) => why);
    expect(reasons[1]).toMatch(/^checkout depends on postgres \(0\.8\d\); /);
    expect(reasons[2]).toMatch(/^web depends on checkout \(0\.8\d\); /);
    const scores = [...memory.heads.values()].map(({ memberships: [own] }) => own?.score);
    expect(scores).toEqual([undefined, 0.86, 0.86]);
    expect([...memory.entries.values()].flat().map(({ score }) => score)).toEqual(scores);
    expect(chunkEntries([...memory.entries.values()].flat()).map(({ data }) => data.score)).toEqual(scores);
  });

  it('the upstream failure that is told of last joins, and is named as the origin', () => {
    const { receive, memory } = worldWith(catalogue);
    receive(20, fires('checkout', 20));
    receive(25, fires('postgres', 10));
    const [incident, ...others] = [...memory.incidents.values()];
    expect(others).toEqual([]);
    expect(incident?.origin).toBe('postgres');
    expect(incident?.service).toBe('checkout');
  });

  it('come together within one batch, in any order of its alerts', () => {
    for (const order of [
      ['postgres', 'checkout', 'payments'],
      ['payments', 'checkout', 'postgres'],
    ]) {
      const { receive, relate, memory } = worldWith(catalogue);
      receive(9, ...order.map((service, i) => fires(service, i)));
      relate(12);
      const open = [...memory.incidents.values()].filter(isOpen);
      expect(
        open.map(({ service }) => service),
        order.join(' '),
      ).toHaveLength(1);
    }
  });

  it('what has nothing to do with each other stays apart', () => {
    const { receive, memory } = worldWith(catalogue);
    receive(0, fires('postgres', 0), fires('elastic', 0));
    receive(10, fires('mail', 5));
    expect(memory.incidents.size).toBe(3);
  });

  it('what comes long after stays apart', () => {
    const { receive, memory } = worldWith(catalogue);
    receive(0, fires('postgres', 0));
    receive(3_600, fires('checkout', 3_600));
    expect(memory.incidents.size).toBe(2);
  });

  it('close together when all are over, and not before', () => {
    const { receive, settle, memory, incidents } = worldWith(catalogue);
    receive(0, fires('postgres', 0));
    receive(20, fires('checkout', 20));
    receive(60, ends('postgres', 60));
    settle(70);
    expect(incidents()).toEqual([expect.stringContaining('triggered')]);
    receive(90, ends('checkout', 90));
    settle(100);
    expect(incidents()).toEqual([expect.stringContaining('resolved')]);
    const [guard] = [...memory.guards.values()].filter(({ windows }) => windows.length > 0);
    expect(guard?.windows[0]?.to).toBe(epoch + 90_000);
  });

  it('a symptom that fires again soon opens the same incident again', () => {
    const { receive, settle, memory } = worldWith(catalogue);
    receive(0, fires('postgres', 0));
    receive(20, fires('checkout', 20));
    receive(60, ends('postgres', 60), ends('checkout', 60));
    settle(80);
    receive(300, fires('checkout', 300));
    expect(memory.incidents.size).toBe(1);
    expect([...memory.incidents.values()][0]).toMatchObject({ state: 'triggered', generation: 2 });
  });

  it('long after, a symptom has an incident of its own again', () => {
    const { receive, settle, memory } = worldWith(catalogue);
    receive(0, fires('postgres', 0));
    receive(20, fires('checkout', 20));
    receive(60, ends('postgres', 60), ends('checkout', 60));
    settle(80);
    receive(7_200, fires('checkout', 7_200));
    expect([...memory.incidents.values()].map(({ service, state }) => `${service} ${state}`)).toEqual([
      'postgres resolved',
      'checkout triggered',
    ]);
  });

  it('a link of an outage leads into no later incident of the other service', () => {
    const { receive, settle, memory } = worldWith(catalogue);
    receive(0, fires('postgres', 0));
    receive(20, fires('checkout', 20));
    receive(60, ends('postgres', 60), ends('checkout', 60));
    settle(80);
    receive(90_000, fires('postgres', 90_000, { severity: 'P4_LOW' }));
    receive(180_000, fires('checkout', 180_000, { severity: 'P1_CRITICAL' }));
    const open = [...memory.incidents.values()].filter(isOpen);
    expect(open.map(({ service, severity }) => `${service} ${severity}`)).toEqual([
      'postgres P4_LOW',
      'checkout P1_CRITICAL',
    ]);
  });

  it('whichever order a cascade is told in, one incident has all its alerts', () => {
    const cascade = [fires('postgres', 0), fires('checkout', 5), fires('payments', 6), fires('web', 12)];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(cascade, { minLength: 4 }),
        fc.infiniteStream(fc.boolean()),
        (told, cuts) => {
          const { receive, relate, memory } = worldWith(catalogue);
          let batch: Signal[] = [];
          for (const one of told) {
            batch.push(one);
            if (cuts.next().value) receive(30, ...batch.splice(0));
          }
          receive(40, ...batch);
          relate(45);
          batch = [];
          for (const one of told) receive(50, one);
          const [incident, ...others] = [...memory.incidents.values()].filter(isOpen).map(({ id }) => id);
          expect(others).toEqual([]);
          expect(new Set(incident && membersOf(memory, incident))).toEqual(
            new Set(cascade.map(({ fingerprint: one }) => one)),
          );
        },
      ),
    );
    expect(fingerprint('postgres')).toBe(cascade[0]?.fingerprint);
  });
});

describe('two incidents that become one', () => {
  const low = ruleSchema.parse({
    ...{ id: 'low', name: 'Low', conditions: { when: '@service="postgres"' }, actions: { urgency: 'low' } },
  });
  const rest = ruleSchema.parse({ id: 'rest', name: 'Rest' });

  it('page where one of them paged, also when the other is of low urgency', () => {
    const { receive, relate, memory } = worldWith(catalogue, low, rest);
    receive(0, fires('payments', 0, { severity: 'P1_CRITICAL' }));
    receive(5, fires('checkout', 5, { severity: 'P1_CRITICAL' }));
    receive(30, fires('postgres', 30, { severity: 'P1_CRITICAL' }));
    relate(40);
    const [open, ...others] = [...memory.incidents.values()].filter(isOpen);
    expect(others).toEqual([]);
    expect(open).toMatchObject({ state: 'triggered', next: { step: 1 } });
    expect(open?.urgency).not.toBe('low');
  });

  it('keep what is worse and what is not low, whichever stays', () => {
    const side = (id: string, from: number, urgency?: 'low') => {
      const window = {
        incident: id,
        generation: 1,
        from,
        severity: 'P1_CRITICAL',
        ...(urgency && { isLow: true }),
      };
      const guard = { hash: id, version: 1, grouping: 1_200_000, windows: [window] };
      const incident = { id, severity: 'P1_CRITICAL', ...(urgency && { urgency }) };
      return { incident, guard, window } as unknown as Side;
    };
    const evidence = { kind: 'person', score: 1, why: 'One' } as const;
    const merged = decideMerge(side('inc_low', 0, 'low'), side('inc_loud', 5), evidence, 10);
    expect(merged.keepDoes).toContainEqual({ do: 'raise-severity', to: 'P1_CRITICAL', pageAt: 10 });
    expect(merged.guards[0]).toMatchObject({ took: ['inc_loud'] });
    expect(merged.guards[0]?.windows[0]?.isLow).toBeUndefined();
    const both = decideMerge(side('inc_a', 0, 'low'), side('inc_b', 5, 'low'), evidence, 10);
    expect(both.guards[0]?.windows[0]?.isLow).toBe(true);
  });
});

describe('how sure it is that two have one cause', () => {
  const correlating = { graph: new ServiceGraph(catalogue), settings: defaultCorrelation };
  const open = (service: string, title: string) =>
    ({ id: 'inc_1', number: 1, service, title, openedAt: epoch, severity: 'P3_MEDIUM' }) as const;
  const evidence = (service: string, title: string, other: ReturnType<typeof open>, at = epoch) =>
    evidenceFor({ service, title, at }, other, correlating);

  it('less with each hop and with time', () => {
    const near = evidence('checkout', 'a', open('postgres', 'b'));
    const far = evidence('web', 'a', open('postgres', 'b'));
    const late = evidence('checkout', 'a', open('postgres', 'b'), epoch + 1_200_000);
    expect([near?.score, far?.score, late?.score]).toEqual([0.85, 0.7, 0.68]);
  });

  it('siblings with the same words more than either', () => {
    const siblings = evidence('checkout', 'a', open('payments', 'b'));
    const both = evidence(
      'checkout',
      'connection refused to 10.0.0.1',
      open('payments', 'connection refused to 10.0.0.2'),
    );
    expect(siblings).toBeUndefined();
    expect(both).toMatchObject({ kind: 'similarity', origin: 'postgres' });
    expect(both?.score).toBeGreaterThanOrEqual(defaultCorrelation.joinAt);
  });

  it('the same words of services that have nothing in common are related, and no more', () => {
    const alike = evidence('mail', 'disk is full on host 3', open('elastic', 'disk is full on host 4'));
    expect(alike?.score).toBeLessThan(defaultCorrelation.joinAt);
    expect(alike?.score).toBeGreaterThanOrEqual(defaultCorrelation.relateAt);
  });
});

describe('titles', () => {
  it('of one template are the same', () => {
    expect(similarity('5 of 12 pods of api are down', '7 of 90 pods of api are down')).toBe(1);
  });

  it('are like themselves, and as much like each other both ways', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(similarity(a, b)).toBe(similarity(b, a));
        expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
        expect(similarity(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
