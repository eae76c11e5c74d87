import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quiet } from '../../../shared/alerts/index.ts';
import { type Rule, ruleSchema } from '../../../shared/detection/index.ts';
import { type Arrival, batches, twoOrders } from '../../support/arrivals.ts';
import { DetectionMemory, occurrencesIn, outcome } from '../../support/detection-memory.ts';
import { ruleSets } from '../../support/order/rule-sets.ts';
import { epoch } from '../../support/signals.ts';
import { endsBetween, LONG_AFTER, quietOrders } from '../../support/silences.ts';

/** The same each day; `DETECTION_RUNS=10000 vitest run test/shared/detection` looks for others. */
const RUNS = Number(process.env.DETECTION_RUNS ?? 300);
const looks = process.env.DETECTION_RUNS === undefined ? { numRuns: RUNS, seed: 1 } : { numRuns: RUNS };

const grouping = ruleSchema.parse({ id: 'group', name: 'By service' });
const byAlert = ruleSchema.parse({ id: 'alert', name: 'By title', group: { by: ['title'] } });
const counting = ruleSchema.parse({
  id: 'count',
  name: 'Three within three minutes',
  conditions: { alertPattern: 'fail', threshold: 3, timeWindow: 180 },
});
function play(
  rules: readonly Rule[],
  quiets: readonly Quiet[],
  arrivals: readonly Arrival[],
  cuts: readonly number[],
): readonly string[] {
  const world = new DetectionMemory(rules, { quiets });
  let now = epoch;
  for (const batch of batches(arrivals, cuts)) {
    const at = Math.max(...batch.map((arrival) => arrival.at));
    for (const to of endsBetween(quiets, now, at)) world.lapse(to);
    if (at - now > 10_000) {
      world.lapse(at - 10_000);
      world.settle(at);
    }
    world.lapse(at);
    world.receive(
      batch.map(({ message }) => message),
      at,
    );
    now = at;
  }
  const rest = [600, 1_200, 1_800].map((ahead) => now + ahead * 1_000);
  const last = [LONG_AFTER, LONG_AFTER + 600].map((at) => epoch + at * 1_000);
  const ends = endsBetween(quiets, now, Number.POSITIVE_INFINITY);
  for (const at of [...rest, ...ends, ...last].sort((a, b) => a - b)) {
    world.lapse(at);
    world.settle(at);
  }
  return [...outcome(world), ...occurrencesIn(world)];
}

describe('order and repetition do not matter while something is kept quiet', () => {
  for (const rules of [[grouping], [byAlert], [counting, grouping], ruleSets[6]]) {
    it(
      `[F17] [M3] [M11] under ${rules.map(({ name }) => name).join(' and ')}`,
      () => {
        fc.assert(
          fc.property(quietOrders(twoOrders), ({ orders: { inTime, late, cuts }, quiets }) => {
            expect(play(rules, quiets, late, cuts)).toEqual(play(rules, quiets, inTime, []));
          }),
          looks,
        );
      },
      30_000 + RUNS * 10,
    );
  }
});
