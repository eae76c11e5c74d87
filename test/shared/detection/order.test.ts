import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rule, ruleSchema } from '../../../shared/detection/index.ts';
import { type Arrival, batches, twoOrders } from '../../support/arrivals.ts';
import { DetectionMemory, occurrencesIn, outcome } from '../../support/detection-memory.ts';
import { ruleSets } from '../../support/order/rule-sets.ts';
import { epoch } from '../../support/signals.ts';

/** The same 300 each day; `DETECTION_RUNS=10000 vitest run test/shared/detection` looks for others. */
const RUNS = Number(process.env.DETECTION_RUNS ?? 300);
const looks = process.env.DETECTION_RUNS === undefined ? { numRuns: RUNS, seed: 1 } : { numRuns: RUNS };

const counting = ruleSchema.parse({
  id: 'count',
  name: 'Three within three minutes',
  conditions: { alertPattern: 'fail', threshold: 3, timeWindow: 180 },
});

/** Plays arrivals in batches; what has been quiet for ten seconds settles before the next batch comes. */
function play(
  rules: readonly Rule[],
  arrivals: readonly Arrival[],
  cuts: readonly number[],
): readonly string[] {
  const world = new DetectionMemory(rules);
  let now = epoch;
  for (const batch of batches(arrivals, cuts)) {
    const at = Math.max(...batch.map((arrival) => arrival.at));
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
  // By then what ends by itself has ended.
  for (const quiet of [600_000, 1_200_000, 1_800_000]) {
    world.lapse(now + quiet);
    world.settle(now + quiet);
  }
  return [...outcome(world), ...occurrencesIn(world)];
}

describe('order and repetition do not matter', () => {
  for (const rules of [[counting], ...ruleSets]) {
    it(
      `[F5] [F17] [F21] with and without ends of their own, under ${rules.map(({ name }) => name).join(' and ')}`,
      () => {
        fc.assert(
          fc.property(twoOrders, ({ inTime, late, cuts }) => {
            expect(play(rules, late, cuts)).toEqual(play(rules, inTime, []));
          }),
          looks,
        );
      },
      30_000 + RUNS * 10,
    );
  }
});
