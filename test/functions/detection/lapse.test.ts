import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lapsing } from '../../../functions/aws/lapses.ts';
import { sendLapses } from '../../../functions/incidents/send-lapses.ts';
import { ruleSchema } from '../../../shared/detection/index.ts';
import { shards } from '../../../shared/table/index.ts';
import { DetectionOnEngine } from '../../support/detection-engine.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

const byService = ruleSchema.parse({ id: 'service', name: 'By service' });
const seconds = (at: number) => epoch + at * 1_000;
const firing = (name: string, until: number) => signal(name, 'firing', 0, { until: seconds(until) });

let engine: { stop(): Promise<void> };
let worlds = 0;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());

const dueIn = async (world: DetectionOnEngine, now: number) => {
  const all = await Promise.all([...Array(shards.due).keys()].map((one) => lapsing(one, now, 1_000)));
  return all.flat().flatMap(({ org, fingerprint: found }) => (org === world.org ? [found] : []));
};
const start = () => new DetectionOnEngine(`org_LAPSE${++worlds}`, [byService]);
const statesOf = async (world: DetectionOnEngine) =>
  [...(await world.read()).incidents.values()].map(({ state }) => state);

describe('an alert that ends by itself', () => {
  it('is found by the sweep when its end has come, and its incident ends', async () => {
    const world = start();
    world.now = seconds(1);
    await world.receive([post(firing('a', 240))]);
    expect([await dueIn(world, seconds(239)), await dueIn(world, seconds(240))]).toEqual([
      [],
      [fingerprint('a')],
    ]);
    world.now = seconds(250);
    await world.lapse();
    expect(await dueIn(world, seconds(9_999))).toEqual([]);
    world.now = seconds(261);
    await world.settle();
    expect(await statesOf(world)).toEqual(['resolved']);
  });

  it('is due later once more is said of it, and no more once it is resolved', async () => {
    const world = start();
    world.now = seconds(1);
    await world.receive([post(firing('a', 240))]);
    world.now = seconds(130);
    await world.receive([post(firing('a', 370))]);
    expect([await dueIn(world, seconds(479)), await dueIn(world, seconds(480))]).toEqual([
      [],
      [fingerprint('a')],
    ]);
    world.now = seconds(200);
    await world.receive([post(signal('a', 'resolved', 190))]);
    expect(await dueIn(world, seconds(9_999))).toEqual([]);
  });

  it('that is asked after too early, twice or without being known changes nothing', async () => {
    const world = start();
    world.now = seconds(1);
    await world.receive([post(firing('a', 240))]);
    const before = await world.read();
    await world.ask([fingerprint('a'), fingerprint('nobody')]);
    expect(await world.read()).toEqual(before);
    world.now = seconds(300);
    await world.ask([fingerprint('a')]);
    const after = await world.read();
    await world.ask([fingerprint('a')]);
    expect(await world.read()).toEqual(after);
  });

  it('is asked after by the sweep in messages of its organisation, fifty alerts each', async () => {
    const world = start();
    world.now = seconds(1);
    await world.receive([post(...Array.from({ length: 60 }, (_, i) => firing(`many-${i}`, 240)))]);
    const queue = mockClient(SQSClient).on(SendMessageBatchCommand).resolves({ Successful: [], Failed: [] });
    await sendLapses(seconds(300), 'https://queue.example/alerts');
    const bodies = queue
      .commandCalls(SendMessageBatchCommand)
      .flatMap(({ args: [{ input }] }) =>
        (input.Entries ?? []).map(({ MessageBody = '' }) => JSON.parse(MessageBody)),
      )
      .filter(({ org }) => org === world.org);
    queue.restore();
    expect(bodies.map(({ kind, fingerprints }) => [kind, fingerprints.length])).toEqual([
      ['lapse', 50],
      ['lapse', 10],
    ]);
  });
});
