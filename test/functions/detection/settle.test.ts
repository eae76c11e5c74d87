import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, post, signal } from '../../support/signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const STORM = 1_000;
const POST = 200;

/** Each asks once whether the incident is over. */
const DECIDED_AT_ONCE = 100;

let engine: { stop(): Promise<void> };
let worlds = 0;
const { send } = DynamoDBDocumentClient.prototype;

beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());
afterEach(() => {
  vi.restoreAllMocks();
});

/** A thousand alerts that fire, of which one goes on while the others are resolved one minute later. */
async function storm(goesOn: number): Promise<DetectionOnEngine> {
  const world = new DetectionOnEngine(`org_STORM${++worlds}`, [byService]);
  const all = Array.from({ length: STORM }, (_, i) => i);
  const over = all.filter((i) => i !== goesOn);
  world.now = epoch + 1_000;
  for (let i = 0; i < STORM; i += POST)
    await world.receive([post(...all.slice(i, i + POST).map((n) => signal(`storm-${n}`, 'firing', 0)))]);
  world.now = epoch + 61_000;
  for (let i = 0; i < over.length; i += POST)
    await world.receive([post(...over.slice(i, i + POST).map((n) => signal(`storm-${n}`, 'resolved', 60)))]);
  return world;
}

/** What settling asks the table: requests in all, and alerts by key. */
async function readsOf(run: () => Promise<void>) {
  const reads = { requests: 0, heads: 0 };
  vi.spyOn(DynamoDBDocumentClient.prototype, 'send').mockImplementation(function (
    this: DynamoDBDocumentClient,
    ...call: unknown[]
  ) {
    const [command] = call;
    reads.requests++;
    if (command instanceof BatchGetCommand)
      for (const { Keys } of Object.values(command.input.RequestItems ?? {}))
        reads.heads += Keys?.length ?? 0;
    return Reflect.apply(send, this, call);
  });
  await run();
  return reads;
}

describe('settling a storm', () => {
  it('looks at one alert that goes on and not at the thousand that are over, until all are', async () => {
    const world = await storm(STORM / 2);
    const questions = STORM / DECIDED_AT_ONCE;
    const { heads, requests } = await readsOf(() => world.settle());
    expect(heads).toBeLessThanOrEqual(questions);
    expect(requests).toBeLessThanOrEqual(4 * questions);
    expect(await states(world)).toEqual(['triggered']);

    await world.receive([post(signal(`storm-${STORM / 2}`, 'resolved', 60))]);
    await world.settle();
    expect(await states(world)).toEqual(['resolved']);
  }, 60_000);
});

describe('a storm that ends with a POST for each alert', () => {
  const FEW = 120;

  it('is looked at some times, and not as often as it has alerts', async () => {
    const world = new DetectionOnEngine(`org_STORM${++worlds}`, [byService]);
    const all = Array.from({ length: FEW }, (_, i) => i);
    world.now = epoch + 1_000;
    await world.receive([post(...all.map((n) => signal(`storm-${n}`, 'firing', 0)))]);
    world.now = epoch + 61_000;
    for (const n of all) await world.receive([post(signal(`storm-${n}`, 'resolved', 60))]);
    world.now += 10_000;
    const { heads } = await readsOf(() => world.settleInBatches(10));
    // Once for the end, and once more after it was written.
    expect(heads).toBe(2 * FEW);
    expect(await states(world)).toEqual(['resolved']);
  }, 60_000);

  it('is looked at again for what came after a look', async () => {
    const world = new DetectionOnEngine(`org_STORM${++worlds}`, [byService]);
    world.now = epoch + 1_000;
    await world.receive([post(signal('a', 'firing', 0), signal('b', 'firing', 0))]);
    for (const [name, second] of [
      ['a', 60],
      ['b', 71],
    ] as const) {
      world.now = epoch + second * 1_000;
      await world.receive([post(signal(name, 'resolved', second))]);
      world.now += 10_000;
      await world.settleInBatches(1);
    }
    expect(await states(world)).toEqual(['resolved']);
  });
});

async function states(world: DetectionOnEngine): Promise<readonly string[]> {
  return [...(await world.read()).incidents.values()].map(({ state }) => state);
}
