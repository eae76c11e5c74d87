import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { log } from '../../../functions/edge/log.ts';
import { quietOrders } from '../silences.ts';
import { checkOrder } from './check.ts';
import { anyOrders } from './crowded.ts';
import { disturbance } from './disturbance.ts';
import { startFaultyQueues } from './faulty-queues.ts';
import { startFaultyTable } from './faulty-table.ts';
import { ruleSets } from './rule-sets.ts';

// One process of `prove.ts`: so many runs from a seed, on engines of its own. It tells its parent of each run.

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' } },
});

/** Deliveries, and what goes wrong meanwhile. Counting takes as long as all else, so one run in four does it. */
const run = fc.record({
  quietly: fc.oneof(
    anyOrders.map((orders) => ({ orders, quiets: [] })),
    quietOrders(anyOrders),
  ),
  rules: fc.constantFrom(...ruleSets),
  seed: fc.nat(),
  probability: fc.constantFrom(0.02, 0.05, 0.1),
  isCounted: fc.constantFrom(false, false, false, true),
  isSettledLate: fc.boolean(),
});

log.setLogLevel('SILENT');
const table = await startFaultyTable();
const queues = await startFaultyQueues();
let runs = 0;
const property = fc.asyncProperty(run, async ({ quietly, rules, seed, probability, ...how }) => {
  const trouble = disturbance(seed, probability);
  const { orders, quiets } = quietly;
  const stage = {
    org: `org_RUN${++runs}`,
    rules,
    quiets,
    table,
    queues,
    disturbance: trouble,
    ...how,
  } as const;
  await checkOrder(stage, orders);
  process.send?.({ happened: [...trouble.happened] });
});
const details = await fc.check(property, {
  numRuns: Number(values.runs),
  seed: Number(values.seed),
  // One run that failed is played as it was; while it fails, nothing that is like it.
  ...(values.path !== undefined && { path: values.path, endOnFailure: true }),
});
await queues.stop();
await table.stop();
if (details.failed) {
  const again = `npm run prove:order -- --seed ${details.seed} --path ${details.counterexamplePath}`;
  process.send?.({ failed: `${fc.defaultReportMessage(details) ?? 'It failed'}\nAgain: ${again}` });
}
process.disconnect?.();
