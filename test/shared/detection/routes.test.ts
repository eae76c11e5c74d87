import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Severity } from '../../../shared/alerts/index.ts';
import {
  type AlertHead,
  defaultCorrelation,
  endedAt,
  goesOneWay,
  isOnIn,
  MAX_EVENTS,
  placedOccurrences,
  type RoutedFiring,
  type Rule,
  ruleSchema,
  ServiceGraph,
  withRoutes,
  withSignal,
  withWays,
} from '../../../shared/detection/index.ts';
import { serviceSchema } from '../../../shared/incidents/index.ts';
import { DetectionMemory, outcome } from '../../support/detection-memory.ts';
import { epoch, fingerprint, integration, org, post, signal } from '../../support/signals.ts';
import { silence } from '../../support/silences.ts';

const severe = ruleSchema.parse({
  id: 'severe',
  name: 'Severe',
  conditions: { when: 'severity at least P2' },
});
const rest = ruleSchema.parse({ id: 'rest', name: 'The rest' });
const quiet = ruleSchema.parse({
  id: 'quiet',
  name: 'Quiet',
  conditions: { when: '@severity="P4"' },
  actions: { suppress: true },
});

const fires = (at: number, severity: Severity) => signal('a', 'firing', at, { severity });
const ends = (at: number) => signal('a', 'resolved', at);
const ofA = [{ name: 'title', op: '=~', value: 'a is.*' }] as const;

/** Hears one signal at a time, at the time of each. */
function heard(rules: readonly Rule[], ...signals: readonly ReturnType<typeof signal>[]) {
  const world = new DetectionMemory(rules);
  for (const one of signals) world.receive([post(one)], one.at);
  return world;
}

const headIn = (world: DetectionMemory): AlertHead => {
  const head = world.heads.get(fingerprint('a'));
  if (!head) throw new Error('The alert is not known');
  return head;
};

/** The incidents of an alert, each with whether it is open. */
const states = (world: DetectionMemory) =>
  outcome(world)
    .map((line) => line.split(' ').slice(3, 5).join(' '))
    .toSorted();

describe('an alert that fires once more as something else', () => {
  it('does not hold open the incident that it came into before, when a rule keeps it without one now', () => {
    const world = heard([quiet, rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P4_LOW'));
    world.settle(epoch + 12_000);
    expect(states(world)).toEqual(['resolved P1_CRITICAL=P1_CRITICAL']);
  });

  it('holds that open while it goes on since it came into it', () => {
    const world = heard([quiet, rest], fires(0, 'P1_CRITICAL'), fires(9, 'P4_LOW'));
    world.settle(epoch + 60_000);
    expect(states(world)).toEqual(['open P1_CRITICAL=P1_CRITICAL']);
    world.receive([post(ends(70))], epoch + 70_000);
    world.settle(epoch + 90_000);
    expect(states(world)).toEqual(['resolved P1_CRITICAL=P1_CRITICAL']);
  });

  it('holds open only the incident of the rule that takes it now', () => {
    const world = heard([severe, rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P3_MEDIUM'));
    world.settle(epoch + 12_000);
    expect(states(world)).toEqual(['open P3_MEDIUM=P3_MEDIUM', 'resolved P1_CRITICAL=P1_CRITICAL']);
  });

  it('is told to have ended only where it was', () => {
    const world = heard([severe, rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P3_MEDIUM'), ends(20));
    const told = [...world.entries.values()].map((entries) => entries.map(({ at }) => (at - epoch) / 1_000));
    expect(told).toEqual([
      [0, 2],
      [9, 20],
    ]);
  });

  it('is on in each incident that it came into since it began', () => {
    const world = heard([severe, rest], fires(0, 'P3_MEDIUM'), fires(9, 'P1_CRITICAL'));
    const on = [...world.incidents.keys()].map((incident) => isOnIn(headIn(world), incident));
    expect(on).toEqual([true, true]);
  });
});

describe('an incident and its alert', () => {
  const cluster = ruleSchema.parse({
    ...{ id: 'cluster', name: 'By cluster', conditions: { when: 'severity at least P1' } },
    group: { by: ['label:cluster'] },
  });
  const services = [
    { id: 'checkout', dependsOn: ['postgres'] },
    { id: 'postgres', dependsOn: [] },
  ].map((one) => serviceSchema.parse(one));
  const correlating = { graph: new ServiceGraph(services), settings: defaultCorrelation };
  const slow = (name: string, at: number, severity: Severity, service: string) =>
    signal(name, 'firing', at, { severity, service, title: `${name} slow`, labels: { cluster: 'one' } });

  it.each([
    ['together', [[ends(30), slow('a', 31, 'P2_HIGH', 'checkout')]]],
    ['one by one', [[ends(30)], [slow('a', 31, 'P2_HIGH', 'checkout')]]],
    ['late', [[slow('a', 31, 'P2_HIGH', 'checkout')], [ends(30)]]],
  ])('stay together when it comes another way into it and its end is told %s', (_, last) => {
    const world = new DetectionMemory([cluster, rest], { correlating });
    const before = [
      slow('p', 0, 'P1_CRITICAL', 'postgres'),
      slow('a', 1, 'P1_CRITICAL', 'checkout'),
      slow('b', 5, 'P2_HIGH', 'checkout'),
      signal('b', 'resolved', 20),
      signal('p', 'resolved', 21),
    ];
    for (const one of before) world.receive([post(one)], one.at);
    for (const [i, signals] of last.entries()) world.receive([post(...signals)], epoch + (31 + i) * 1_000);
    world.settle(epoch + 60_000);
    world.settle(epoch + 90_000);
    expect(states(world)).toEqual(['open P1_CRITICAL=P1_CRITICAL']);
    const again = headIn(world);
    world.receive([post(slow('a', 31, 'P2_HIGH', 'checkout'))], epoch + 91_000);
    expect(headIn(world)).toBe(again);
  });

  const many = Array.from({ length: MAX_EVENTS - 2 }, (_, i) => fires(20 + i, 'P3_MEDIUM'));

  it('end together when the resolve takes the place of the firing that brought it in', () => {
    const world = heard([severe, rest], fires(10, 'P3_MEDIUM'), fires(11, 'P1_CRITICAL'), ...many, ends(60));
    world.settle(epoch + 80_000);
    expect(states(world)).toEqual(['resolved P1_CRITICAL=P1_CRITICAL', 'resolved P3_MEDIUM=P3_MEDIUM']);
  });

  it('stay together when a late resolve takes that place, and another alert ends', () => {
    const other = signal('b', 'firing', 12, { severity: 'P1_CRITICAL' });
    const world = heard([severe, rest], fires(10, 'P3_MEDIUM'), fires(11, 'P1_CRITICAL'), other, ...many);
    world.receive([post(ends(5))], epoch + 60_000);
    world.receive([post(signal('b', 'resolved', 61))], epoch + 61_000);
    world.settle(epoch + 80_000);
    expect(states(world)).toEqual(['open P1_CRITICAL=P1_CRITICAL', 'open P3_MEDIUM=P3_MEDIUM']);
  });

  it('end together when it had ended by itself, and fires elsewhere before anybody asked', () => {
    const ending = ruleSchema.parse({ ...severe, id: 'ending', actions: { autoResolve: 300 } });
    const world = heard([ending, rest], fires(0, 'P1_CRITICAL'), fires(400, 'P3_MEDIUM'), ends(500));
    world.settle(epoch + 600_000);
    expect(states(world)).toEqual(['resolved P1_CRITICAL=P1_CRITICAL', 'resolved P3_MEDIUM=P3_MEDIUM']);
  });

  it.each([
    ['fires as something else', 'P3_MEDIUM', []],
    ['is held back again', 'P1_CRITICAL', [silence(120, 4_000, ofA)]],
  ] as const)(
    'end together when it was over before its silence ended, which is told late, and then %s',
    (_, then, more) => {
      const world = new DetectionMemory([severe, rest], { quiets: [silence(0, 90, ofA), ...more] });
      world.receive([post(fires(30, 'P1_CRITICAL'))], epoch + 30_000);
      world.lapse(epoch + 240_000);
      expect(states(world)).toEqual(['open P1_CRITICAL=P1_CRITICAL']);
      world.receive([post(ends(80), fires(255, then))], epoch + 260_000);
      world.settle(epoch + 300_000);
      world.receive([post(ends(400))], epoch + 400_000);
      world.settle(epoch + 500_000);
      for (const state of states(world)) expect(state).toMatch(/^resolved/);
    },
  );

  it('end together when it went on to a storm meanwhile', () => {
    const world = new DetectionMemory([severe, rest]);
    world.stormLimit = 1;
    world.receive([post(fires(0, 'P1_CRITICAL'))], epoch);
    world.receive([post(signal('b', 'firing', 61, { service: 'b' }))], epoch + 61_000);
    world.receive([post(fires(62, 'P3_MEDIUM'))], epoch + 62_000);
    expect(headIn(world).pin).toBeDefined();
    world.receive([post(ends(90), signal('b', 'resolved', 90))], epoch + 90_000);
    world.settle(epoch + 120_000);
    expect(states(world)).toHaveLength(2);
    for (const state of states(world)) expect(state).toMatch(/^resolved/);
  });
});

describe('what a head keeps of where its firings go', () => {
  it('is nothing while all go one way', () => {
    expect(
      headIn(heard([rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P4_LOW'))).routes,
    ).toBeUndefined();
  });

  it('is known of those from before the first that went elsewhere', () => {
    const head = headIn(heard([quiet, rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P4_LOW')));
    expect(head.routes?.map(([route, ...at]) => [route === '', ...at])).toEqual([
      [true, epoch + 9_000],
      [false, epoch],
    ]);
    expect(placedOccurrences(head)).toEqual([{ from: epoch, last: epoch, to: epoch + 2_000 }]);
  });

  it('changes nothing when it is heard again', () => {
    const world = heard([quiet, rest], fires(0, 'P1_CRITICAL'), ends(2), fires(9, 'P4_LOW'));
    const before = headIn(world);
    world.receive([post(fires(9, 'P4_LOW'), fires(0, 'P1_CRITICAL'))], epoch + 30_000);
    expect(headIn(world)).toBe(before);
  });

  it('counts what a head gave up for want of room with the firing next to it', () => {
    const many = Array.from({ length: MAX_EVENTS + 4 }, (_, i) => fires(10 + i, 'P3_MEDIUM'));
    const world = heard([severe, rest], fires(0, 'P3_MEDIUM'), fires(5, 'P1_CRITICAL'), ...many);
    expect(headIn(world).firings).not.toContain(epoch + 5_000);
    for (const incident of world.incidents.keys()) expect(isOnIn(headIn(world), incident)).toBe(true);
  });

  it('is bounded, and what is too much counts wherever the alert is', () => {
    const known = headIn(heard([rest], fires(0, 'P1_CRITICAL')));
    const from = { integration: known.integration, source: known.source, receipt: 'r', receivedAt: epoch };
    const head = Array.from({ length: 100 }, (_, i) => ({ ...rest, id: `rule-${i}` })).reduce(
      (before, rule) => withRoutes(before, before, [{ signal: fires(0, 'P1_CRITICAL'), from }], [rule]),
      known,
    );
    expect(head.routes).toEqual([['*', epoch]]);
    expect(
      endedAt({ ...head, resolves: [epoch + 1] }, epoch + 1, {
        hash: known.memberships[0]?.correlation ?? '',
      }),
    ).toBeDefined();
  });
});

describe('the question whether all firings of an alert go one way', () => {
  const unheard: AlertHead = {
    ...{ org, fingerprint: fingerprint('a'), version: 1, integration, source: 'generic' },
    ...{ labels: {}, links: [], firings: [], resolves: [], memberships: [] },
  };
  const member = (way: string, i: number) => ({
    ...{ correlation: way, generation: 1, why: 'x' },
    incident: `inc_01M852FMSJAHJZRXK8E5QZ8S0${i}` as const,
  });
  const said = fc.record({
    at: fc.integer({ min: 0, max: 60 }),
    ends: fc.constantFrom(false, false, false, true),
    way: fc.constantFrom('one', 'one', 'one', 'one', 'one', 'one', 'other', ''),
  });
  const saidOf = fc.array(said, { maxLength: 2 * MAX_EVENTS });
  const ways = fc.array(fc.constantFrom('one', 'one', 'one', 'other'), { maxLength: 3 });
  type Said = readonly { readonly at: number; readonly ends: boolean; readonly way: string }[];
  const told = (all: Said): readonly RoutedFiring[] =>
    all.filter(({ ends: isEnd }) => !isEnd).map(({ at, way }) => [way, epoch + at * 1_000] as const);
  const hear = (head: AlertHead, all: Said): AlertHead =>
    all.reduce(
      (before, { at, ends: isEnd }) => withSignal(before, isEnd ? ends(at) : fires(at, 'P1_CRITICAL')),
      head,
    );

  it('is answered as by noting all ways, wherever that then says no more than the incidents do', () => {
    let often = 0;
    const property = fc.property(saidOf, saidOf, ways, (earlier, batch, members) => {
      const memberships = members.map(member);
      const before = { ...hear(unheard, earlier), memberships };
      const head = hear(before, batch);
      if (!goesOneWay(head, before, told(batch))) return;
      often++;
      expect(withWays(head, before, told(batch))).toBe(head);
    });
    fc.assert(property, { numRuns: 500 });
    expect(often).toBeGreaterThan(20);
  });
});
