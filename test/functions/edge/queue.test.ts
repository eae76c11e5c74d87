import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../../../functions/edge/log.ts';
import {
  apart,
  batchWorker,
  inTurn,
  NotNow,
  queueWorker,
  TryAgain,
  together,
} from '../../../functions/edge/queue.ts';

const sqs = mockClient(SQSClient);
const logged = vi.spyOn(log, 'error').mockImplementation(() => undefined);
beforeAll(() => {
  process.env.DELIVERY_QUEUE_URL = 'https://sqs.eu-central-1.amazonaws.com/123456789012/Deliver-x';
});
beforeEach(() => {
  sqs.reset();
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
});
afterAll(() => {
  sqs.restore();
  logged.mockRestore();
});

const eventOf = (bodies: readonly unknown[], receives = 1): SQSEvent =>
  ({
    Records: bodies.map((body, i) => ({
      messageId: `m${i}`,
      receiptHandle: `h${i}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:Deliver-x',
      attributes: { SentTimestamp: '5', ApproximateReceiveCount: String(receives) },
    })),
  }) as unknown as SQSEvent;

const number = (body: unknown): number => {
  if (typeof body !== 'number') throw new Error('Not a number');
  return body;
};
const invocation = { getRemainingTimeInMillis: () => 10_000 };
const failedOf = ({ batchItemFailures }: { batchItemFailures: { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
const waits = () => sqs.commandCalls(ChangeMessageVisibilityCommand).map(({ args: [{ input }] }) => input);

describe('[F22] a batch of ten with one poisonous message', () => {
  const bodies = [0, 1, 2, 3, 'poison', 5, 6, 7, 8, 9];
  const event = eventOf(bodies.map((body) => JSON.stringify(body)));

  it('is handled message by message, and only the poison is tried again', async () => {
    const done: number[] = [];
    const worker = queueWorker(number, async (message) => {
      done.push(message);
    });
    expect(failedOf(await worker(event))).toEqual(['m4']);
    expect(done.toSorted()).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
  });

  it('is folded at once without the one that is no message', async () => {
    const batches: number[][] = [];
    const worker = batchWorker(number, (batch) =>
      together(batch, async (messages) => {
        batches.push([...messages]);
      }),
    );
    expect(failedOf(await worker(event, invocation))).toEqual(['m4']);
    expect(batches).toEqual([[0, 1, 2, 3, 5, 6, 7, 8, 9]]);
  });
});

describe('a message that fails', () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [4, 8],
    [20, 60],
  ])('at receive %i is visible again after %i s', async (receives, seconds) => {
    const worker = queueWorker(number, async () => {
      throw new Error('no');
    });
    await worker(eventOf([1], receives));
    expect(waits()).toEqual([
      {
        QueueUrl: process.env.DELIVERY_QUEUE_URL,
        ReceiptHandle: 'h0',
        VisibilityTimeout: seconds,
      },
    ]);
  });

  it('is visible again when its worker says, never before', async () => {
    const worker = queueWorker(number, async (pause) => {
      throw pause < 0 ? new NotNow('no') : new TryAgain('no', pause);
    });
    expect(failedOf(await worker(eventOf([30_001, 0, -1], 3)))).toEqual(['m0', 'm1', 'm2']);
    const seconds = waits().map(({ ReceiptHandle, VisibilityTimeout }) => [ReceiptHandle, VisibilityTimeout]);
    expect(Object.fromEntries(seconds)).toEqual({ h0: 31, h1: 1, h2: 4 });
  });

  it('still counts as failed when its visibility cannot be changed', async () => {
    sqs.on(ChangeMessageVisibilityCommand).rejects(new Error('throttled'));
    const worker = queueWorker(number, async () => {
      throw new Error('no');
    });
    expect(failedOf(await worker(eventOf([1])))).toEqual(['m0']);
  });

  it('[F66] is logged by its id, never by its body', async () => {
    logged.mockClear();
    await queueWorker(number, async () => undefined)(eventOf(['{"secret":"canary-body"']));
    expect(logged).toHaveBeenCalledOnce();
    const text = JSON.stringify(logged.mock.calls, (_, value) =>
      value instanceof Error ? value.stack : value,
    );
    expect(text).toContain('queue message m0');
    expect(text).not.toContain('canary');
  });
});

describe('a batch whose handler fails', () => {
  it('is handled one by one, so that whatever can be done is done', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 10 }),
        fc.nat({ max: 20 }),
        async (all, bad) => {
          const done: number[] = [];
          const worker = batchWorker(number, (batch) =>
            together(batch, async (messages) => {
              if (messages.includes(bad)) throw new Error('no');
              done.push(...messages);
            }),
          );
          const failed = failedOf(await worker(eventOf(all), invocation));
          expect(failed.toSorted()).toEqual(all.flatMap((n, i) => (n === bad ? [`m${i}`] : [])).toSorted());
          expect(done.toSorted()).toEqual(all.filter((n) => n !== bad).toSorted());
        },
      ),
      { numRuns: 50 },
    );
  });

  it('knows when its messages were sent and how often they came', async () => {
    const worker = queueWorker(number, async (message, received) => {
      expect(received).toEqual({ message, id: 'm0', sentAt: 5, receives: 3 });
    });
    expect(failedOf(await worker(eventOf([7], 3)))).toEqual([]);
  });
});

describe('a batch of several kinds', () => {
  const small = ({ message }: { readonly message: number }) => message < 10;

  it('is divided: what fails in one part is not done again in another', async () => {
    const calls: (readonly number[] | number)[] = [];
    const worker = batchWorker(number, async (batch) => {
      const first = await together(batch.filter(small), async (messages) => {
        calls.push(messages);
      });
      const large = batch.filter((one) => !small(one));
      const second = await apart(large, async (message) => {
        calls.push(message);
        if (message === 11) throw new NotNow('early');
        if (message === 12) throw new Error('no');
      });
      return [...first, ...second];
    });
    expect(failedOf(await worker(eventOf([1, 10, 11, 2, 12]), invocation))).toEqual(['m2', 'm4']);
    expect(calls).toEqual([[1, 2], 10, 11, 12]);
  });

  it('is handled one after another where it is asked for, each with its own outcome', async () => {
    let atOnce = 0;
    const worker = batchWorker(number, (batch, { getRemainingTimeInMillis }) =>
      inTurn(batch, async (message) => {
        expect([++atOnce, getRemainingTimeInMillis()]).toEqual([1, 10_000]);
        await Promise.resolve();
        atOnce--;
        if (message === 1) throw new Error('no');
      }),
    );
    expect(failedOf(await worker(eventOf([0, 1, 2]), invocation))).toEqual(['m1']);
  });

  it('comes again as a whole when the division itself fails', async () => {
    const worker = batchWorker(number, async () => {
      throw new Error('no');
    });
    expect(failedOf(await worker(eventOf([0, 'poison', 2]), invocation))).toEqual(['m0', 'm1', 'm2']);
  });
});
