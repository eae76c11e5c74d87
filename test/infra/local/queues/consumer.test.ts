import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Core } from '../../../../infra/local/core.ts';
import type { ReceivedMessage } from '../../../../infra/local/engines/queue-engine.ts';
import { Consumer, type QueueMapping } from '../../../../infra/local/queues/consumer.ts';
import type { InvocationResult, Running } from '../../../../infra/local/resource.ts';
import { seededShuffle } from '../../../../infra/local/shuffle.ts';

const message = (id: number): ReceivedMessage => ({
  ...{ messageId: `m${id}`, receiptHandle: `r${id}`, body: `${id}`, md5OfBody: '', messageAttributes: {} },
  ...{
    sentAt: 5,
    firstReceivedAt: 7,
    receiveCount: 2,
    groupId: undefined,
    deduplicationId: undefined,
    sequenceNumber: undefined,
  },
});

type Event = { readonly Records: readonly Record<string, unknown>[] };
let running: Running | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await running?.stop();
});

/** Runs a consumer over a queue in memory; every receive gets what is there, up to its limit. */
function consume(
  ready: ReceivedMessage[],
  answer: (event: Event) => Promise<InvocationResult>,
  changes: Partial<QueueMapping> = {},
  log: (line: string) => void = () => undefined,
) {
  const deleted: string[] = [];
  const settled = Promise.withResolvers<void>();
  const done = (handles: readonly string[]) => {
    deleted.push(...handles);
    settled.resolve();
  };
  const world = {
    account: { region: 'us-east-1' },
    watchQueue: () => undefined,
    shuffle: seededShuffle(1),
    log,
    busy: (work: () => Promise<unknown>) => work(),
    functions: { invoke: (_: string, event: Event) => answer(event) },
    queues: {
      receive: (_: string, max: number, wait: number) =>
        ready.length > 0
          ? Promise.resolve(ready.splice(0, max))
          : new Promise((resolve) => setTimeout(() => resolve(ready.splice(0, max)), wait * 1_000).unref()),
      delete: async (_: string, handles: readonly string[]) => done(handles),
    },
  } as unknown as Core;
  running = new Consumer(
    {
      ...{ id: 'Mapping', function: 'F', queue: 'Q', queueArn: 'arn:aws:sqs:us-east-1:000000000000:Q' },
      ...{ batchSize: 10, window: 0, concurrency: 2, reportsItemFailures: true },
      ...changes,
    },
    world,
  );
  return { deleted, settled: settled.promise };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => message(index));

describe('the consumer of a queue', () => {
  test('hands over records in the shape of Lambda and deletes what succeeded', async () => {
    const events: Event[] = [];
    const { deleted, settled } = consume(numbers(1), async (event) => {
      events.push(event);
      return { ok: true, payload: { batchItemFailures: [] } };
    });
    await settled;
    expect(deleted).toEqual(['r0']);
    expect(events[0]?.Records[0]).toMatchObject({
      messageId: 'm0',
      body: '0',
      attributes: { ApproximateReceiveCount: '2', SentTimestamp: '5', ApproximateFirstReceiveTimestamp: '7' },
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:Q',
      awsRegion: 'us-east-1',
    });
  });

  test('leaves what a partial answer names, and deletes the rest', async () => {
    const { deleted, settled } = consume(numbers(3), async () => ({
      ok: true,
      payload: { batchItemFailures: [{ itemIdentifier: 'm1' }] },
    }));
    await settled;
    expect(deleted.toSorted()).toEqual(['r0', 'r2']);
  });

  test('takes an answer that names an unknown message as a failure of the whole batch, and ignores names where none are promised', async () => {
    const payload = { batchItemFailures: [{ itemIdentifier: 'nobody' }] };
    const second = Promise.withResolvers<void>();
    const queue = numbers(1);
    const refused = consume(queue, async () => {
      if (queue.length === 0) second.resolve();
      return { ok: true, payload };
    });
    await second.promise;
    await running?.stop();
    expect(refused.deleted).toEqual([]);
    const plain = consume(numbers(1), async () => ({ ok: true, payload }), { reportsItemFailures: false });
    await plain.settled;
    expect(plain.deleted).toEqual(['r0']);
  });

  test.each([
    ['Q', false],
    ['Q.fifo', true],
  ])('hands over the messages of %s in their order: %s', async (queue, isOrdered) => {
    const seen: unknown[] = [];
    const { settled } = consume(
      numbers(10),
      async ({ Records }) => {
        seen.push(...Records.map(({ messageId }) => messageId));
        return { ok: true, payload: null };
      },
      { queue },
    );
    await settled;
    const inOrder = numbers(10).map(({ messageId }) => messageId);
    expect(seen.toSorted()).toEqual(inOrder.toSorted());
    expect(seen.join() === inOrder.join()).toBe(isOrdered);
  });

  test('never runs more invocations at once than it may', async () => {
    let now = 0;
    let most = 0;
    const all = Promise.withResolvers<void>();
    let count = 0;
    consume(
      numbers(12),
      async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        count += 1;
        if (count === 12) all.resolve();
        return { ok: true, payload: null };
      },
      { batchSize: 1, concurrency: 3 },
    );
    await all.promise;
    expect(most).toBe(3);
  });

  test('with a window, waits for a fuller batch, at most until that is full', async () => {
    const sizes: number[] = [];
    const queue = numbers(14);
    const { settled } = consume(
      queue,
      async ({ Records }) => {
        sizes.push(Records.length);
        return { ok: true, payload: null };
      },
      { batchSize: 14, window: 60_000 },
    );
    await settled;
    expect(sizes).toEqual([14]);
  });

  test('[F34] says that it cannot receive, as on a full disk, and receives again a second later', async () => {
    vi.useFakeTimers();
    const queue = numbers(1);
    const splice = vi.spyOn(queue, 'splice').mockImplementationOnce(() => {
      throw new Error('database or disk is full');
    });
    const said: string[] = [];
    const { settled, deleted } = consume(
      queue,
      async () => ({ ok: true, payload: null }),
      {},
      (line) => said.push(line),
    );
    await vi.advanceTimersByTimeAsync(999);
    expect(said).toEqual(['Mapping: Error: database or disk is full']);
    expect(splice).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    await settled;
    expect(deleted).toEqual(['r0']);
  });
});
