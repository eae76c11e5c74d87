import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachSignal } from '../../../functions/aws/signals.ts';
import { type Rule, ruleSchema } from '../../../shared/detection/index.ts';
import { isOpen } from '../../../shared/incidents/index.ts';
import { minuteOf } from '../../../shared/kernel/index.ts';
import { type Arrival, batches, type TwoOrders, twoOrders } from '../../support/arrivals.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { DetectionMemory, occurrencesIn, outcome } from '../../support/detection-memory.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch } from '../../support/signals.ts';

const WORKERS = 3;

/** `DETECTION_RUNS=300 vitest run test/functions/detection` looks longer than there is time for each day. */
const RUNS = Number(process.env.DETECTION_RUNS ?? 35);

const grouping = ruleSchema.parse({ id: 'group', name: 'By service' });
const counting = ruleSchema.parse({
  id: 'count',
  name: 'Three',
  conditions: { threshold: 3, timeWindow: 180 },
});

let engine: { stop(): Promise<void> };
let runs = 0;

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

/** Plays arrivals with three workers at once, each taking a batch, as the queue hands them out. */
async function play(rules: readonly Rule[], arrivals: readonly Arrival[], cuts: readonly number[]) {
  const world = new DetectionOnEngine(`org_RUN${++runs}`, rules);
  const waiting = [...batches(arrivals, cuts)];
  world.now = epoch;
  while (waiting.length > 0) {
    const start = waiting[0]?.[0]?.at ?? 0;
    const round = waiting.splice(
      0,
      Math.max(1, waiting.slice(0, WORKERS).filter(([first]) => (first?.at ?? 0) - start < 30_000).length),
    );
    if (start - world.now > 10_000) await world.settle();
    world.now = Math.max(...round.flat().map(({ at }) => at));
    await Promise.all(round.map((batch) => world.receive(batch.map(({ message }) => message))));
  }
  for (let quiet = 0; quiet < 2; quiet++) {
    world.now += 60_000;
    await world.settle();
  }
  return world;
}

function playInMemory(rules: readonly Rule[], arrivals: readonly Arrival[]): readonly string[] {
  const world = new DetectionMemory(rules);
  let now = epoch;
  for (const { message, at } of arrivals) {
    if (at - now > 10_000) world.settle(at);
    world.receive([message], at);
    now = at;
  }
  world.settle(now + 60_000);
  world.settle(now + 120_000);
  return [...outcome(world), ...occurrencesIn(world)];
}

async function check(rules: readonly Rule[], { inTime, late, cuts }: TwoOrders): Promise<void> {
  const world = await play(rules, late, cuts);
  const found = await world.read();
  expect([...outcome(found), ...occurrencesIn(found)]).toEqual(playInMemory(rules, inTime));

  const heads = [...found.incidents.values()];
  expect(found.pointers.map(({ id }) => id).sort()).toEqual(
    heads
      .filter(isOpen)
      .map(({ id }) => id)
      .sort(),
  );
  for (const { id, version } of heads) {
    const log = found.facts
      .filter((fact) => fact.incidentId === id)
      .map(({ seq }) => seq)
      .sort((a, b) => a - b);
    expect(log).toEqual(log.map((_, i) => i + 1));
    const control = found.facts.filter((fact) => fact.incidentId === id && fact.type.startsWith('incident.'));
    expect(control).toHaveLength(version);
  }
  const minutes = inTime.map(({ message }) => minuteOf(message.receivedAt));
  const kept = new Set<string>();
  for (const minute of new Set(minutes))
    await eachSignal(world.org, minute, ({ receipt }) => kept.add(receipt));
  expect(kept.size).toBe(inTime.length);
}

describe('order and repetition do not matter with three workers on the table engine', () => {
  for (const rules of [[grouping], [counting, grouping]]) {
    it(
      `[F5] [F17] [F21] under ${rules.map(({ name }) => name).join(' and ')}: same windows, gapless logs, exact counts`,
      async () => {
        await fc.assert(
          fc.asyncProperty(twoOrders, (orders) => check(rules, orders)),
          { numRuns: RUNS },
        );
      },
      60_000 + RUNS * 2_000,
    );
  }
});
