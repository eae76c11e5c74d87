import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { log } from '../../../functions/edge/log.ts';
import type { Signal } from '../../../shared/alerts/index.ts';
import { addCounts } from '../../support/add-counts.ts';
import { checkOrder } from '../../support/order/check.ts';
import { anyOrders } from '../../support/order/crowded.ts';
import { calm, disturbance } from '../../support/order/disturbance.ts';
import { type FaultyQueues, startFaultyQueues } from '../../support/order/faulty-queues.ts';
import { type FaultyTable, startFaultyTable } from '../../support/order/faulty-table.ts';
import { isInTime } from '../../support/order/play.ts';
import { commonRuleSets, ruleSets } from '../../support/order/rule-sets.ts';
import { epoch, post, signal } from '../../support/signals.ts';

/** Few, and always the same; `npm run prove:order` looks longer than there is time for each day. */
const RUNS = 5;
/** So often at most, until enough has gone wrong; how much that is in a round depends on how the workers interleave. */
const ROUNDS = 20;
const CALM_RUNS = 3;
const SEED = 20_261_124;

/** How often each must have happened, by how its name begins. */
const ENOUGH: Readonly<Record<string, number>> = { 'worker died': 3, dynamodb: 11, sqs: 3 };

const often = (happened: ReadonlyMap<string, number>, start: string): number =>
  [...happened].reduce((sum, [name, times]) => sum + (name.startsWith(start) ? times : 0), 0);

let table: FaultyTable;
let queues: FaultyQueues;
let runs = 0;

beforeAll(async () => {
  log.setLogLevel('SILENT');
  table = await startFaultyTable();
  queues = await startFaultyQueues();
});
afterAll(async () => {
  await queues.stop();
  await table.stop();
});

describe('settling that is late', () => {
  it('is done before what fires later than the grouping time comes: two windows, as when it is in time', async () => {
    const [rules] = ruleSets;
    const at = (seconds: number, ...signals: readonly Signal[]) => ({
      message: { ...post(...signals), receivedAt: epoch + seconds * 1_000 },
      at: epoch + seconds * 1_000,
    });
    const [fires, ends] = [signal('c', 'firing', 0), signal('c', 'resolved', 0)];
    const inTime = [at(0, fires), at(0, ends), at(1_201, signal('a', 'firing', 1_201))];
    const late = [at(0, fires), at(28, ends), at(1_201, signal('a', 'firing', 1_201))];
    expect(isInTime([late.slice(1, 2)], epoch)).toBe(true);
    expect(isInTime([late.slice(2)], epoch)).toBe(false);
    const stage = { org: `org_LATE${++runs}`, rules, quiets: [], table, queues, disturbance: calm } as const;
    await checkOrder({ ...stage, isCounted: false, isSettledLate: true }, { inTime, late, cuts: [1] });
  });
});

describe('order and repetition do not matter with three workers on the engines', () => {
  for (const rules of commonRuleSets) {
    const names = rules.map(({ name }) => name).join(' and ');

    it(`[F5] [F17] [F21] under ${names}: same windows, gapless logs, exact counts`, async () => {
      const property = fc.asyncProperty(anyOrders, (orders) =>
        checkOrder(
          {
            org: `org_RUN${++runs}`,
            rules,
            quiets: [],
            table,
            queues,
            disturbance: calm,
            isCounted: true,
            isSettledLate: true,
          },
          orders,
        ),
      );
      await fc.assert(property, { numRuns: CALM_RUNS, seed: SEED });
    }, 120_000);

    it(`[F23] [F25] under ${names}: nor do faults of table and queues, lost answers and workers that die`, async () => {
      const happened = new Map<string, number>();
      const property = fc.asyncProperty(anyOrders, fc.nat(), async (orders, seed) => {
        const trouble = disturbance(seed, 0.08);
        await checkOrder(
          {
            org: `org_RUN${++runs}`,
            rules,
            quiets: [],
            table,
            queues,
            disturbance: trouble,
            isCounted: false,
            isSettledLate: true,
          },
          orders,
        );
        addCounts(happened, trouble.happened);
      });
      // Some of all must have happened for the property to mean anything.
      const lacking = () =>
        Object.keys(ENOUGH).filter((start) => often(happened, start) < (ENOUGH[start] ?? 0));
      for (let round = 0; round === 0 || (round < ROUNDS && lacking().length > 0); round++)
        await fc.assert(property, { numRuns: RUNS, seed: SEED + round });
      expect(lacking()).toEqual([]);
    }, 120_000);
  }
});
