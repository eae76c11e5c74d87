import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Signal, SignalsMessage } from '../../../shared/alerts/index.ts';
import { defaultCorrelation, ruleSchema, ServiceGraph, stormHash } from '../../../shared/detection/index.ts';
import { DetectionMemory } from '../../support/detection-memory.ts';
import { epoch, integration, post, signal } from '../../support/signals.ts';

const byAlert = ruleSchema.parse({ id: 'alert', name: 'By title', group: { by: ['title'] } });
const LIMIT = 10;

function stormy(rules = [byAlert], more: ConstructorParameters<typeof DetectionMemory>[1] = {}) {
  const memory = new DetectionMemory(rules, more);
  memory.stormLimit = LIMIT;
  return {
    memory,
    hear: (second: number, signals: readonly Signal[], more: Partial<SignalsMessage> = {}) =>
      memory.receive([{ ...post(...signals), receivedAt: at(second), ...more }], at(second)),
    /** The incidents that each alert is in, as the members of all of them say. */
    members: () => [...memory.incidents.keys()].map((id) => memory.membersOf(id)),
  };
}

const at = (second: number) => epoch + second * 1_000;
const fires = (name: string, second: number, more: Partial<Signal> = {}) =>
  signal(name, 'firing', second, { service: name, ...more });
const named = (count: number, start = 0) => Array.from({ length: count }, (_, i) => `host ${start + i}`);
const storms = ({ memory }: ReturnType<typeof stormy>) =>
  [...memory.incidents.values()].filter(({ correlation }) => correlation?.hash === stormHash(integration));

describe('more new alerts of one integration in a minute than the limit', () => {
  it('[F16] open so many incidents, and one more that lists the rest and is paged once', () => {
    const world = stormy();
    world.hear(
      1,
      named(40).map((name) => fires(name, 1)),
    );
    world.hear(
      5,
      named(60, 40).map((name) => fires(name, 5, { description: `${name} is on fire` })),
    );
    expect(world.memory.incidents.size).toBe(LIMIT + 1);
    const [storm] = storms(world);
    expect(storm).toMatchObject({
      state: 'triggered',
      title: 'Alert storm: more than 10 new alerts within a minute from one source',
      correlation: { rule: 'storm', key: `integration=${integration}` },
    });
    expect(storm).not.toHaveProperty('service');
    expect(storm).not.toHaveProperty('description');
    expect(storm && world.memory.membersOf(storm.id)).toHaveLength(90);
    const [why] = storm ? (world.memory.entries.get(storm.id) ?? []) : [];
    expect(why?.why).toMatch(/^Over 10 new alerts of integration int_01TEST/);
  });

  it('page whom the alert would have paged that begins the storm, with the runbook of its rule', () => {
    const actions = { assignToTeam: 'payments', escalateAfter: 60, runbook: 'https://wiki.example.com/p' };
    const world = stormy([ruleSchema.parse({ ...byAlert, actions })]);
    world.hear(
      1,
      named(20).map((name) => fires(name, 1)),
    );
    expect(storms(world)).toMatchObject([
      { policy: 'payments', escalateAfter: 60, runbook: 'https://wiki.example.com/p' },
    ]);
  });

  it('and without a team in that rule, the owner of its service', () => {
    const services = named(20).map((id) => ({ id, name: id, owner: `team of ${id}`, dependsOn: [] }));
    const graph = new ServiceGraph(services);
    const world = stormy([byAlert], { correlating: { graph, settings: defaultCorrelation } });
    world.hear(
      1,
      named(20).map((name) => fires(name, 1)),
    );
    expect(storms(world)).toMatchObject([{ policy: 'team of host 10' }]);
  });

  it('does not touch another integration', () => {
    const world = stormy();
    world.hear(
      1,
      named(40).map((name) => fires(name, 1)),
    );
    world.hear(2, [fires('other', 2)], { integration: 'int_02OTHER' });
    expect(world.members()).toContainEqual([fires('other', 2).fingerprint]);
  });

  it('leaves alone what joins an incident that is there', () => {
    const world = stormy();
    world.hear(1, [fires('shared', 1, { title: 'same' })]);
    world.hear(
      2,
      named(40).map((name) => fires(name, 2, { title: 'same' })),
    );
    expect(world.memory.incidents.size).toBe(1);
    expect(storms(world)).toEqual([]);
  });

  it('goes on for as long as they keep coming, and is over a minute after', () => {
    const world = stormy();
    for (const minute of [0, 1, 2])
      world.hear(
        minute * 60 + 1,
        named(20, minute * 20).map((name) => fires(name, minute * 60 + 1)),
      );
    expect(world.memory.incidents.size).toBe(LIMIT + 1);
    world.hear(245, [fires('calm', 245)]);
    expect(world.memory.incidents.size).toBe(LIMIT + 2);
  });

  it('keeps what it took: who repeats an alert of it opens nothing', () => {
    const world = stormy();
    world.hear(
      1,
      named(20).map((name) => fires(name, 1)),
    );
    world.hear(400, [fires('host 15', 400)]);
    expect(world.memory.incidents.size).toBe(LIMIT + 1);
  });

  it('ends when all of its alerts are over', () => {
    const world = stormy();
    world.hear(
      1,
      named(20).map((name) => fires(name, 1)),
    );
    world.hear(
      30,
      named(19).map((name) => signal(name, 'resolved', 30)),
    );
    settle(world.memory, 60);
    expect(storms(world)).toMatchObject([{ state: 'triggered' }]);
    world.hear(70, [signal('host 19', 'resolved', 70)]);
    settle(world.memory, 90);
    expect(storms(world)).toMatchObject([{ state: 'resolved' }]);
  });

  it('[F16] however they come, every alert is in exactly one incident, and nothing is told twice', () => {
    const deliveries = fc.array(
      fc.record({ from: fc.nat(60), count: fc.integer({ min: 1, max: 25 }), after: fc.nat(40) }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(deliveries, (plan) => {
        const world = stormy();
        let second = 0;
        const names = new Set<string>();
        for (const { from, count, after } of plan) {
          second += after;
          const some = named(count, from);
          for (const name of some) names.add(name);
          world.hear(
            second,
            some.map((name) => fires(name, second)),
          );
        }
        const members = world.members().flat();
        expect(members).toHaveLength(names.size);
        expect(new Set(members).size).toBe(names.size);
        expect(world.memory.incidents.size).toBeLessThanOrEqual(names.size);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

const settle = (memory: DetectionMemory, second: number) => memory.settle(at(second));
