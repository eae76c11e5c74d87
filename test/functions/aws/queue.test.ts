import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { chunked } from '../../../functions/aws/chunked.ts';
import { queueUrlOf, sendTo } from '../../../functions/aws/queue.ts';

const URL = 'https://sqs.eu-central-1.amazonaws.com/123456789012/Alerts-1';
const sqs = mockClient(SQSClient);
beforeEach(() => {
  process.env.AWS_REGION = 'eu-central-1';
  sqs.reset();
  sqs.on(SendMessageBatchCommand).resolves({});
});
const batches = () => sqs.commandCalls(SendMessageBatchCommand).map(({ args: [{ input }] }) => input);
const entry = (n: number, body = n) => ({ Id: String(n), MessageBody: JSON.stringify(body) });

describe('sending', () => {
  it('puts ten messages into a call, each with its group and delay', async () => {
    const messages = Array.from({ length: 12 }, (_, body) => ({ body }));
    await sendTo(URL).send([{ body: { a: 1 }, group: 'int_1', delaySeconds: 9.2 }, ...messages]);
    expect(batches().map(({ Entries }) => Entries?.length)).toEqual([10, 3]);
    expect(batches()[0]?.QueueUrl).toBe(URL);
    expect(batches()[0]?.Entries?.slice(0, 2)).toEqual([
      { Id: '0', MessageBody: '{"a":1}', MessageGroupId: 'int_1', DelaySeconds: 10 },
      entry(1, 0),
    ]);
  });

  it('sends nothing when there is nothing', async () => {
    await sendTo(URL).send([]);
    expect(batches()).toEqual([]);
  });

  it('tries the refused ones once more, and only them', async () => {
    sqs
      .on(SendMessageBatchCommand)
      .resolvesOnce({ Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }] } as never)
      .resolves({});
    await sendTo(URL).send([{ body: 0 }, { body: 1 }, { body: 2 }]);
    expect(batches().map(({ Entries }) => Entries)).toEqual([[entry(0), entry(1), entry(2)], [entry(1)]]);
  });

  it('throws when one is refused twice: never 2xx without a copy', async () => {
    sqs.on(SendMessageBatchCommand).resolves({ Failed: [{ Id: '0', Code: 'InternalError' }] } as never);
    await expect(sendTo(URL).send([{ body: 0 }])).rejects.toThrow('refused 1 messages: InternalError');
  });

  it('keeps every call within 1 MiB', async () => {
    const messages = Array.from({ length: 5 }, () => ({ body: 'x'.repeat(400_000) }));
    await sendTo(URL).send(messages);
    expect(batches().map(({ Entries }) => Entries?.length)).toEqual([2, 2, 1]);
    await expect(sendTo(URL).send([{ body: 'x'.repeat(1_100_000) }])).rejects.toThrow('larger than');
  });
});

describe('cutting into chunks', () => {
  it('keeps order and everything, within both limits', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), (sizes) => {
        const chunks = chunked(sizes, { count: 10, size: 100, sizeOf: (size) => size });
        expect(chunks.flat()).toEqual(sizes);
        for (const chunk of chunks) {
          expect(chunk.length).toBeGreaterThan(0);
          expect(chunk.length).toBeLessThanOrEqual(10);
          expect(chunk.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});

it('finds the address of a queue by its ARN among the settings', () => {
  process.env.ALERT_QUEUE_URL = URL;
  expect(queueUrlOf('arn:aws:sqs:eu-central-1:123456789012:Alerts-1')).toBe(URL);
  expect(queueUrlOf('arn:aws:sqs:eu-central-1:123456789012:Alerts')).toBeUndefined();
});
