import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { log } from '../../../functions/edge/log.ts';
import { addCounts } from '../../support/add-counts.ts';
import { checkOrder } from '../../support/order/check.ts';
import { anyOrders } from '../../support/order/crowded.ts';
import { calm, disturbance } from '../../support/order/disturbance.ts';
import { type FaultyQueues, startFaultyQueues } from '../../support/order/faulty-queues.ts';
import { type FaultyTable, startFaultyTable } from '../../support/order/faulty-table.ts';
import { ruleSets } from '../../support/order/rule-sets.ts';

/** Few, and always the same; `npm run prove:order` looks longer than there is time for each day. */
const RUNS = 10;
const CALM_RUNS = 4;
const SEED = 20_261_124;

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

describe('order and repetition do not matter with three workers on the engines', () => {
  for (const rules of ruleSets) {
    const names = rules.map(({ name }) => name).join(' and ');

    it(`[F5] [F17] [F21] under ${names}: same windows, gapless logs, exact counts`, async () => {
      const property = fc.asyncProperty(anyOrders, (orders) =>
        checkOrder(
          {
            org: `org_RUN${++runs}`,
            rules,
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
    });

    it(`[F23] [F25] under ${names}: nor do faults of table and queues, lost answers and workers that die`, async () => {
      const happened = new Map<string, number>();
      const property = fc.asyncProperty(anyOrders, fc.nat(), async (orders, seed) => {
        const trouble = disturbance(seed, 0.08);
        await checkOrder(
          {
            org: `org_RUN${++runs}`,
            rules,
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
      await fc.assert(property, { numRuns: RUNS, seed: SEED });
      // Some of all must have happened for the property to mean anything.
      const often = (which: RegExp) =>
        [...happened].reduce((sum, [name, times]) => sum + (which.test(name) ? times : 0), 0);
      expect(often(/^worker died/)).toBeGreaterThan(2);
      expect(often(/^dynamodb/)).toBeGreaterThan(10);
      expect(often(/^sqs/)).toBeGreaterThan(2);
    });
  }
});
