import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Severity, type Signal, severities } from '../../../shared/alerts/index.ts';
import {
  defaultCorrelation,
  MAX_MEMBERSHIPS,
  MOST_MEMBERSHIPS,
  placedOccurrences,
  type Rule,
  ruleSchema,
  ServiceGraph,
} from '../../../shared/detection/index.ts';
import { isOpen, serviceSchema } from '../../../shared/incidents/index.ts';
import { DetectionMemory, keptOf } from '../../support/detection-memory.ts';
import { epoch, post, signal } from '../../support/signals.ts';
import { silence } from '../../support/silences.ts';

const parsed = (rule: Parameters<typeof ruleSchema.parse>[0]): Rule => ruleSchema.parse(rule);
const severe = parsed({ id: 'severe', name: 'Severe', conditions: { when: 'severity at least P2' } });
const quiet = parsed({
  ...{ id: 'quiet', name: 'Quiet', conditions: { when: '@severity="P4"' } },
  actions: { suppress: true },
});
const ending = parsed({ ...severe, id: 'ending', name: 'Ending', actions: { autoResolve: 300 } });
const rest = parsed({ id: 'rest', name: 'The rest' });
const fixed = parsed({ id: 'fixed', name: 'Fixed', group: { mode: 'fixed', window: 960 } });
const cluster = parsed({
  ...{ id: 'cluster', name: 'By cluster', conditions: { when: 'severity at least P1' } },
  group: { by: ['label:cluster'] },
});

const services = { a: 'postgres', b: 'checkout', c: 'checkout' } as const;
const catalogue = [
  { id: 'checkout', dependsOn: ['postgres'] },
  { id: 'postgres', dependsOn: [] },
].map((one) => serviceSchema.parse(one));
const correlating = { graph: new ServiceGraph(catalogue), settings: defaultCorrelation };
const silences = [
  silence(30, 90, [{ name: 'title', op: '=~', value: '[ab].*' }]),
  silence(120, 400, [{ name: '@severity', op: '=~', value: 'P[13].*' }], { untilResolved: true }),
];

interface World {
  readonly about: string;
  readonly rules: readonly Rule[];
  readonly more?: ConstructorParameters<typeof DetectionMemory>[1];
  readonly stormLimit?: number;
}

const worlds: readonly World[] = [
  { about: 'two rules by severity', rules: [severe, rest] },
  { about: 'one that suppresses', rules: [severe, quiet, rest] },
  { about: 'fixed windows', rules: [severe, quiet, fixed] },
  { about: 'alerts that end by themselves', rules: [ending, quiet, rest] },
  { about: 'services that depend on each other', rules: [cluster, rest], more: { correlating } },
  { about: 'silences', rules: [severe, rest], more: { quiets: silences } },
  { about: 'storms', rules: [severe, rest], stormLimit: 1 },
];

/** What happens next: to which alert, after how many seconds, told how late, and whether in one batch with what follows. */
const step = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  ends: fc.constantFrom(false, false, false, true),
  severity: fc.constantFrom<Severity>(...severities.slice(0, 4)),
  gap: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 40 }) },
    { weight: 1, arbitrary: fc.constantFrom(310, 700) },
  ),
  late: fc.constantFrom(0, 0, 0, 5, 30),
  waits: fc.boolean(),
});

const time = (seconds: number): number => epoch + seconds * 1_000;

function told(name: 'a' | 'b' | 'c', ends: boolean, at: number, severity: Severity): Signal {
  if (ends) return signal(name, 'resolved', at);
  const labels = { cluster: 'one' };
  return signal(name, 'firing', at, { severity, service: services[name], title: `${name} slow`, labels });
}

function look(world: DetectionMemory, seconds: number): void {
  world.lapse(time(seconds));
  world.settle(time(seconds));
}

/** The alerts that are on and count, and are in no open incident. */
function leftOut(world: DetectionMemory): readonly string[] {
  const isIn = (incident: Parameters<typeof keptOf>[1]): boolean => {
    const kept = world.incidents.get(keptOf(world.incidents, incident));
    return kept !== undefined && isOpen(kept);
  };
  return [...world.heads.values()].flatMap((head) => {
    const last = placedOccurrences(head).at(-1);
    const isOn = last !== undefined && last.to === undefined;
    return isOn && !head.memberships.some(({ incident }) => isIn(incident)) ? [head.fingerprint] : [];
  });
}

const stillOpen = ({ incidents }: DetectionMemory) => [...incidents.values()].filter(isOpen);

describe('an alert that is on is in an open incident, and all incidents are over when all alerts are', () => {
  it.each(worlds)(
    'with $about',
    ({ rules, more = {}, stormLimit }) => {
      const property = fc.property(fc.array(step, { minLength: 2, maxLength: 24 }), (steps) => {
        const world = new DetectionMemory(rules, more);
        world.stormLimit = stormLimit;
        let now = 0;
        let batch: Signal[] = [];
        for (const { name, ends, severity, gap, late, waits } of steps) {
          now += gap;
          batch.push(told(name, ends, Math.max(0, now - late), severity));
          if (waits) continue;
          world.receive([{ ...post(...batch), receivedAt: time(now) }], time(now));
          batch = [];
          if (gap > 20) world.relate(time(now));
          look(world, now);
        }
        now = Math.max(now + 60, 420);
        look(world, now);
        look(world, now + 60);
        expect(leftOut(world)).toEqual([]);
        const last = (['a', 'b', 'c'] as const).map((name) => told(name, true, now + 700, 'P1_CRITICAL'));
        world.receive([post(...last)], time(now + 700));
        for (const later of [720, 4_000, 20_000]) look(world, now + later);
        expect(stillOpen(world)).toEqual([]);
      });
      fc.assert(property, { numRuns: Number(process.env.DETECTION_RUNS ?? 200), seed: 1 });
    },
    60_000,
  );
});

const byPod = parsed({ id: 'pod', name: 'By pod', group: { by: ['label:pod'] } });
const inPod = (pod: number, at = pod * 10) =>
  signal('a', 'firing', at, { title: `pod ${pod}`, labels: { pod: `p${pod}` } });
const openPods = (world: DetectionMemory) => stillOpen(world).map(({ correlation }) => correlation?.key);
const podsFrom = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => `label:pod=p${first + i}`);

describe('an alert that goes from group to group without an end', () => {
  it('holds all their incidents open in any order, and ends them all', () => {
    const order = fc
      .integer({ min: 2, max: MOST_MEMBERSHIPS - 1 })
      .chain((count) =>
        fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }),
      );
    const play = fc.property(order, (pods) => {
      const world = new DetectionMemory([byPod]);
      for (const pod of pods) world.receive([post(inPod(pod))], time(200));
      look(world, 220);
      expect(openPods(world).toSorted()).toEqual(podsFrom(0, pods.length - 1).toSorted());
      world.receive([post(signal('a', 'resolved', 300))], time(300));
      look(world, 320);
      expect(openPods(world)).toEqual([]);
    });
    fc.assert(play, { numRuns: 40 });
  });

  it('leaves the oldest where there are more than it has room for', () => {
    const world = new DetectionMemory([byPod]);
    const last = MOST_MEMBERSHIPS + 3;
    for (let pod = 0; pod <= last; pod++) world.receive([post(inPod(pod))], time(pod * 10));
    look(world, 300);
    expect(openPods(world)).toEqual(podsFrom(4, last));
    world.receive([post(signal('a', 'resolved', 310))], time(310));
    look(world, 330);
    expect(openPods(world)).toEqual([]);
  });

  it('knows few incidents once those are over', () => {
    const world = new DetectionMemory([byPod]);
    for (let pod = 0; pod < 20; pod++) {
      const at = pod * 2_000;
      world.receive([post(inPod(pod, at))], time(at));
      world.receive([post(signal('a', 'resolved', at + 5))], time(at + 5));
      look(world, at + 20);
    }
    expect([...world.heads.values()].map(({ memberships }) => memberships.length)).toEqual([MAX_MEMBERSHIPS]);
  });
});
