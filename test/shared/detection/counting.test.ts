import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountedFiring, type Rule, reached, ruleSchema } from '../../../shared/detection/index.ts';
import { type Arrival, batches, twoOrders } from '../../support/arrivals.ts';
import { DetectionMemory, outcome } from '../../support/detection-memory.ts';
import { NearMemory } from '../../support/near-memory.ts';
import { ruleSets } from '../../support/order/rule-sets.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';
import { silence } from '../../support/silences.ts';

const at = (second: number) => epoch + second * 1_000;
const steady = (window: number, more = {}): Rule =>
  ruleSchema.parse({
    ...{ id: 'hundred', name: 'A hundred in a minute', group: { by: ['source'], window } },
    conditions: { threshold: 100, timeWindow: 60, ...more },
  });

const hear = (memory: DetectionMemory, second: number, ...names: readonly string[]) =>
  memory.receive(
    [{ ...post(...names.map((name) => signal(name, 'firing', second))), receivedAt: at(second) }],
    at(second),
  );

/** A world in which 45 alerts have fired in each of so many minutes, of which none was enough. */
function waitingFor(minutes: number, window: number): NearMemory {
  const memory = new NearMemory([steady(window)]);
  for (let minute = 0; minute < minutes; minute++)
    hear(memory, minute * 60, ...Array.from({ length: 45 }, (_, i) => `${minute} ${i}`));
  memory.read.slots = 0;
  memory.read.heads = 0;
  return memory;
}

describe('what is read for a firing that counts', () => {
  it.each([
    [50, 1_200],
    [120, 86_400],
  ])(
    'when 45 alerts have fired in each of %i minutes and none was enough: three slots and no head',
    (minutes, window) => {
      const memory = waitingFor(minutes, window);
      hear(memory, minutes * 60 + 1, 'next');
      expect(memory.read.slots).toBeLessThanOrEqual(3);
      expect(memory.read.heads).toBe(0);
      expect(memory.incidents.size).toBe(0);
    },
  );

  it('when enough fire: what waited and is in reach comes along, once, at most some 2,000 of it', () => {
    const memory = waitingFor(60, 86_400);
    const many = Array.from({ length: 100 }, (_, i) => `many ${i}`);
    const second = 3_601;
    hear(memory, second, ...many);
    const [incident] = memory.incidents.keys();
    const members = incident ? memory.membersOf(incident).length : 0;
    expect(members).toBeGreaterThan(2_000);
    expect(members).toBeLessThan(2_200);
    expect(memory.read.heads).toBeLessThan(2_200);
    hear(memory, second + 1, 'one more');
    const { heads } = memory.read;
    hear(memory, second + 2, 'and one');
    hear(memory, second + 3, 'and another');
    expect(memory.read.heads).toBe(heads);
  });

  it('that a silence held back and that counts from its end, once more: what is written was read', () => {
    const two = ruleSchema.parse({ id: 'two', name: 'Two', conditions: { threshold: 2, timeWindow: 60 } });
    const memory = new NearMemory([two], { quiets: [silence(0, 600, [])] });
    hear(memory, 10, 'a');
    hear(memory, 200, 'b');
    hear(memory, 590, 'c');
    expect(memory.incidents.size).toBe(0);
    for (const name of ['a', 'b', 'c']) memory.ask([fingerprint(name)], at(660));
    const [incident] = memory.incidents.keys();
    expect(incident && memory.membersOf(incident)).toHaveLength(3);
  });

  it('steps that find a stretch grow with the firings, and not with their square', () => {
    const stepsFor = (count: number): number => {
      let steps = 0;
      const firings = Array.from(
        { length: count },
        (_, i): CountedFiring => ({
          ...{ fingerprint: `a${i}`, member: `a${i}`, severity: 'P3_MEDIUM' },
          get at() {
            steps++;
            return i * 1_333;
          },
        }),
      );
      expect(reached(firings, { count: 100, timeWindow: 60_000 })).toBeUndefined();
      return steps;
    };
    expect(stepsFor(20_000)).toBeLessThan(stepsFor(2_000) * 11);
  });
});

/** The stretch as it is defined: asked of each firing anew. */
function reachedSimply(
  firings: readonly CountedFiring[],
  count: number,
  members: number,
  timeWindow: number,
) {
  for (const { at: end } of firings) {
    const inside = firings.filter((one) => one.at > end - timeWindow && one.at <= end);
    if (new Set(inside.map((one) => one.fingerprint)).size >= count) return inside;
    if (new Set(inside.map((one) => one.member)).size >= members) return inside;
  }
  return undefined;
}

/** Takes in these batches, each when its last delivery comes. */
function played(memory: DetectionMemory, some: readonly (readonly Arrival[])[]): void {
  let now = epoch;
  for (const batch of some) {
    const time = Math.max(...batch.map((one) => one.at));
    memory.lapse(time);
    if (time - now > 10_000) memory.settle(time);
    memory.receive(
      batch.map(({ message }) => message),
      time,
    );
    now = time;
  }
  for (const quiet of [600_000, 1_200_000, 1_800_000]) {
    memory.lapse(now + quiet);
    memory.settle(now + quiet);
  }
}

describe('what is counted', () => {
  it('is the first stretch in which enough fired', () => {
    const firing = fc.record({
      at: fc.nat(40),
      fingerprint: fc.constantFrom(...'abcdef'),
      member: fc.constantFrom('x', 'y', 'z'),
      severity: fc.constant('P3_MEDIUM' as const),
    });
    fc.assert(
      fc.property(
        fc.array(firing, { maxLength: 14 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 15 }),
        (some, count, members, timeWindow) => {
          const firings = some.toSorted((a, b) => a.at - b.at);
          expect(reached(firings, { count, members, timeWindow })).toEqual(
            reachedSimply(firings, count, members, timeWindow),
          );
        },
      ),
      { numRuns: 400, seed: 1 },
    );
  });

  const counting = ruleSchema.parse({
    ...{ id: 'count', name: 'Three', conditions: { threshold: 3, timeWindow: 100 } },
  });
  it.each([[[counting]], [ruleSets[1]], [ruleSets[3]]])(
    'is the same when no more is read than is needed (%#)',
    (rules) => {
      const runs = Number(process.env.DETECTION_RUNS ?? 100);
      fc.assert(
        fc.property(twoOrders, ({ late, cuts }) => {
          const [near, whole] = [new NearMemory(rules), new DetectionMemory(rules)];
          for (const memory of [near, whole]) played(memory, [...batches(late, cuts)]);
          expect(outcome(near)).toEqual(outcome(whole));
        }),
        process.env.DETECTION_RUNS === undefined ? { numRuns: runs, seed: 1 } : { numRuns: runs },
      );
    },
    600_000,
  );
});
