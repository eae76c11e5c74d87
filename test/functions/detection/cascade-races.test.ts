import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signal } from '../../../shared/alerts/index.ts';
import { defaultCorrelation, ruleSchema, ServiceGraph } from '../../../shared/detection/index.ts';
import { isOpen, serviceSchema } from '../../../shared/incidents/index.ts';
import { type Arrival, batches, type TwoOrders, twoOrders } from '../../support/arrivals.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { faultsIn } from '../../support/incident-faults.ts';
import { epoch, fingerprint } from '../../support/signals.ts';

/** `DETECTION_RUNS=300 vitest run test/functions/detection` looks longer than there is time for each day. */
const RUNS = Number(process.env.DETECTION_RUNS ?? 20);
const WORKERS = 3;

const rules = [ruleSchema.parse({ id: 'group', name: 'By service' })];
const services = [
  { id: 'web', dependsOn: ['checkout'] },
  { id: 'checkout', dependsOn: ['postgres'] },
  { id: 'payments', dependsOn: ['postgres'] },
].map((one) => serviceSchema.parse(one));
const correlating = { graph: new ServiceGraph(services), settings: defaultCorrelation };

/** Each of the alerts that come is of a service of its own; of those that end by themselves, one is alone. */
const serviceOf = new Map(
  Object.entries({ a: 'web', b: 'checkout', c: 'postgres', d: 'payments', p: 'checkout', q: 'mail' }).map(
    ([name, service]) => [fingerprint(name), service],
  ),
);

const placed = (signal: Signal): Signal => {
  const service = serviceOf.get(signal.fingerprint);
  return signal.service !== undefined && service !== undefined ? { ...signal, service } : signal;
};

const inServices = ({ message, at }: Arrival): Arrival => ({
  message: { ...message, signals: message.signals.map(placed) },
  at,
});

let engine: { stop(): Promise<void> };
let runs = 0;

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const QUIET = 600_000;

/** Three workers, the questions whether an incident is over, and whether it belongs to another, all at once in each round. */
async function play({ late, cuts }: TwoOrders): Promise<DetectionOnEngine> {
  const world = new DetectionOnEngine(`org_CASCADE${++runs}`, rules, { correlating });
  const waiting = [...batches(late.map(inServices), cuts)];
  while (waiting.length > 0) {
    const round = waiting.splice(0, WORKERS);
    world.now = Math.max(world.now, epoch, ...round.flat().map(({ at }) => at));
    await Promise.all([
      ...round.map((batch) => world.receive(batch.map(({ message }) => message))),
      ...[world.settle(), world.relate(), world.lapse()],
    ]);
  }
  for (let quiet = 0; quiet < 3; quiet++) {
    world.now += QUIET;
    await world.lapse();
    await world.relate();
    await world.settle();
  }
  return world;
}

describe('alerts of services that depend on each other, in three workers', () => {
  it(
    '[F21] leave whole logs, one open window of each key, and every alert that fires in an open incident, whatever was merged',
    async () => {
      let merged = 0;
      await fc.assert(
        fc.asyncProperty(twoOrders, async (orders) => {
          const found = await (await play(orders)).read();
          expect(faultsIn(found)).toEqual([]);
          const all = [...found.incidents.values()];
          merged += all.filter((one) => !isOpen(one) && one.mergedInto !== undefined).length;
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
      expect(merged).toBeGreaterThan(0);
    },
    60_000 + RUNS * 4_000,
  );
});
