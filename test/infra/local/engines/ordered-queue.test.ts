import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { movingClock } from '../../../../infra/local/clock.ts';
import { type QueueEngine, startQueues } from '../../../../infra/local/engines/queue-engine.ts';

const clock = movingClock();
let folder: string;
let engine: QueueEngine;
let client: SQSClient;
let count = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ordered-'));
  engine = await startQueues(folder, 'us-east-1', clock);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new SQSClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
  await rm(folder, { recursive: true });
});

/** A new ordered queue, by name and address. */
async function queue(): Promise<{ name: string; url: string }> {
  const name = `q${count++}.fifo`;
  const Attributes = { FifoQueue: 'true', VisibilityTimeout: '60' };
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return { name, url: QueueUrl };
}

/** Sends messages `a1`: the letter is the group, the whole its name. */
const send = (url: string, ...names: readonly string[]) =>
  client.send(
    new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: names.map((name, i) => ({
        Id: String(i),
        MessageBody: name,
        MessageGroupId: name.charAt(0),
        MessageDeduplicationId: name,
      })),
    }),
  );

const receive = async (name: string, max = 10) => {
  const messages = await engine.receive(name, max, 0);
  return {
    bodies: messages.map(({ body }) => body),
    handles: messages.map(({ receiptHandle }) => receiptHandle),
  };
};

describe('an ordered queue', () => {
  it('hands out several of a group together and in order, with those of other groups', async () => {
    const { name, url } = await queue();
    await send(url, 'a1', 'b1', 'a2', 'a3', 'b2');
    const { bodies } = await receive(name);
    expect(bodies.filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(bodies.filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2']);
  });

  it('keeps a group back while one of its messages is under way, and lets others pass', async () => {
    const { name, url } = await queue();
    await send(url, 'a1', 'a2', 'b1');
    const first = await receive(name, 1);
    expect(first.bodies).toEqual(['a1']);
    expect((await engine.state([name]))[0]?.ready).toBe(1);
    expect((await receive(name)).bodies).toEqual(['b1']);
    expect((await engine.state([name]))[0]?.ready).toBe(0);
    await engine.delete(name, first.handles);
    expect((await receive(name)).bodies).toEqual(['a2']);
  });

  it('brings back what failed in its order, before what came after it', async () => {
    const { name, url } = await queue();
    await send(url, 'a1', 'a2', 'a3');
    const { handles } = await receive(name, 2);
    for (const ReceiptHandle of handles)
      await client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 2 }),
      );
    expect((await receive(name)).bodies).toEqual([]);
    clock.move(2_001);
    await engine.release();
    expect((await receive(name)).bodies).toEqual(['a1', 'a2', 'a3']);
  });

  it('takes a message of the same name once in five minutes', async () => {
    const { name, url } = await queue();
    await send(url, 'a1');
    await send(url, 'a1', 'a2');
    expect((await receive(name)).bodies).toEqual(['a1', 'a2']);
  });
});
