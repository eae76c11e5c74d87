import { describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import {
  decideMerge,
  defaultCorrelation,
  mergeByHand,
  relationships,
  ruleSchema,
  ServiceGraph,
  whyApart,
  windowOf,
} from '../../../shared/detection/index.ts';
import { type Incident, isOpen, putOffBy, serviceSchema } from '../../../shared/incidents/index.ts';
import type { IncidentId } from '../../../shared/kernel/index.ts';
import { worldWith } from '../../support/detection-world.ts';
import { explained, kept, told } from '../../support/explained.ts';
import { epoch, signal } from '../../support/signals.ts';
import { maintenance } from '../../support/silences.ts';

const catalogue = [
  { id: 'web', dependsOn: ['checkout'] },
  { id: 'checkout', dependsOn: ['postgres'] },
].map((one) => serviceSchema.parse(one));

const fires = (service: string, at: number, more: Partial<Signal> = {}) =>
  signal(service, 'firing', at, { service, title: `${service} is slow`, severity: 'P1_CRITICAL', ...more });

const at = (seconds: number) => epoch + seconds * 1_000;

/** The incident of postgres, whose escalation waits for the end of its maintenance, as the worker of escalations records it. */
function waiting(until: number) {
  const world = worldWith(catalogue);
  world.receive(0, fires('postgres', 0));
  world.memory.quiets = [maintenance(5, until, 'postgres')];
  const [incident] = [...world.memory.incidents.values()];
  const wanted = incident && putOffBy(incident, world.memory.quiets, at(6));
  if (!incident || !wanted) throw new Error('it does not wait');
  world.memory.byHand(incident.id, wanted, at(6));
  return { ...world, open: () => [...world.memory.incidents.values()].filter(isOpen) };
}

const nextOf = (incident: Incident | undefined) =>
  incident?.state === 'triggered' ? incident.next : undefined;

describe('an incident that waits for the end of maintenance', () => {
  it('takes no alerts of a service that is not under maintenance: they have one of their own, which pages', () => {
    const { receive, relate, open } = waiting(3_600);
    receive(20, fires('checkout', 20));
    relate(25);
    expect(open().map(({ service }) => service)).toEqual(['postgres', 'checkout']);
    expect(nextOf(open()[1])).toMatchObject({ step: 1, dueAt: at(20) });
  });

  it('is told to have to do with the other, and that the two stay two because of maintenance, not of the score', () => {
    const { receive, memory, open } = waiting(3_600);
    receive(20, fires('checkout', 20));
    const [first, second] = open();
    if (!first || !second) throw new Error('two incidents');
    const correlating = { graph: new ServiceGraph(catalogue), settings: defaultCorrelation };
    const [found] = relationships(second, [first], correlating);
    const apartAt = (seconds: number, joinAt = 0.6) =>
      found &&
      whyApart(
        second,
        found,
        { ...correlating, settings: { ...correlating.settings, joinAt } },
        { quiets: memory.quiets, now: at(seconds) },
      );
    expect(found?.evidence.score).toBeGreaterThan(0.6);
    expect(apartAt(25)).toBe('maintenance');
    expect(apartAt(25, 1)).toBe('score');
    expect(apartAt(3_700)).toBeUndefined();
    const says = {
      do: 'relate',
      why: 'checkout depends on postgres',
      score: 0.93,
      apart: 'maintenance',
    } as const;
    memory.byHand(second.id, { ...says, incident: first.id, number: first.number }, at(26));
    expect(told(explained(memory, kept(fires('checkout', 20)), at(30)), 'correlation')).toContain(
      'INC-1 may have to do with it, with a score of 0.93: checkout depends on postgres. They stay two, since only one of them waits for the end of maintenance.',
    );
    expect(
      found &&
        whyApart({ ...second, correlation: undefined as never }, found, correlating, { quiets: [], now: 0 }),
    ).toBe('declared');
  });

  it('takes those of a service that is under maintenance as well', () => {
    const { receive, memory, open } = waiting(3_600);
    memory.quiets = [...memory.quiets, maintenance(30, 3_000, 'checkout')];
    receive(40, fires('checkout', 20));
    expect(open()).toMatchObject([{ service: 'postgres', reached: ['checkout'] }]);
    // It waits until the first of both ends, and asks for that at once.
    expect(nextOf(open()[0])?.dueAt).toBe(at(40));
    const [incident] = open();
    expect(incident && putOffBy(incident, memory.quiets, at(40))).toMatchObject({
      next: { dueAt: at(3_000) },
    });
  });

  it('goes on at once when a person merges one into it that does not wait', () => {
    const { receive, memory, open } = waiting(3_600);
    receive(20, fires('checkout', 20));
    const [into, from] = open().map((incident) => ({
      incident,
      guard: memory.guards.get(incident.correlation?.hash ?? ''),
    }));
    if (!into?.guard || !from?.guard) throw new Error('two incidents');
    const merged = mergeByHand(into as never, from as never, 'One cause', at(30));
    for (const command of merged.keepDoes) memory.byHand(merged.keep, command, at(30));
    const [kept] = open();
    expect(nextOf(kept)).toEqual({ step: 1, dueAt: at(30) });
    expect(kept && putOffBy(kept, memory.quiets, at(30))).toBeUndefined();
  });

  it('goes on waiting when what joins wakes nobody', () => {
    const { memory, open } = waiting(3_600);
    const [kept] = open();
    const gone = { id: 'inc_2' as IncidentId, severity: 'P5_INFO', service: 'checkout' } as const;
    const guard = memory.guards.get(kept?.correlation?.hash ?? '');
    const window = guard && kept && windowOf(guard, kept.id);
    if (!kept || !guard || !window) throw new Error('it is open');
    const own = { incident: gone.id, generation: 1, from: at(20), severity: gone.severity };
    const side = { incident: gone, guard: { ...guard, hash: 'other', windows: [own] }, window: own };
    const evidence = { kind: 'person', score: 1, why: 'One' } as const;
    const merged = decideMerge({ incident: kept, guard, window }, side, evidence, at(30));
    for (const command of merged.keepDoes) memory.byHand(kept.id, command, at(30));
    expect(nextOf(open()[0])?.dueAt).toBe(at(3_600));
  });
});

describe('an incident with alerts of a service that is not under maintenance', () => {
  it('is not kept back by the maintenance of another one', () => {
    const { receive, memory } = worldWith(catalogue);
    receive(0, fires('postgres', 0));
    receive(20, fires('checkout', 20));
    const [incident] = [...memory.incidents.values()];
    if (!incident) throw new Error('it is open');
    expect(putOffBy(incident, [maintenance(30, 900, 'postgres')], at(40))).toBeUndefined();
    expect(putOffBy(incident, [maintenance(30, 900, 'postgres', 'checkout')], at(40))).toMatchObject({
      next: { dueAt: at(900) },
    });
  });
});

describe('an incident whose first page is held', () => {
  it('pages by when an alert of another service that joins would have paged', () => {
    const patient = ruleSchema.parse({
      ...{ id: 'patient', name: 'Patient' },
      conditions: { when: '@service="postgres"', minDuration: 600 },
    });
    const { receive, memory } = worldWith(catalogue, patient, ruleSchema.parse({ id: 'rest', name: 'Rest' }));
    receive(0, fires('postgres', 0));
    expect(nextOf([...memory.incidents.values()][0])?.dueAt).toBe(at(600));
    receive(20, fires('checkout', 20));
    expect([...memory.incidents.values()].map(nextOf)).toEqual([{ step: 1, dueAt: at(20) }]);
  });
});
