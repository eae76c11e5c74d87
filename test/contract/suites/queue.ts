import {
  BatchEntryIdsNotDistinct,
  BatchRequestTooLong,
  DeleteMessageCommand,
  EmptyBatchRequest,
  type Message,
  type MessageSystemAttributeName,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  TooManyEntriesInBatchRequest,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outgoing, retryAfter, sendTo } from '../../../functions/aws/queue.ts';
import type { QueueTarget } from '../../support/contract.ts';

let queue: QueueTarget;

const send = (...messages: readonly Outgoing[]) => sendTo(queue.url).send(messages);

async function receive(
  seconds = 0,
  url = queue.url,
  MessageSystemAttributeNames: MessageSystemAttributeName[] = ['ApproximateReceiveCount'],
): Promise<readonly Message[]> {
  const { Messages = [] } = await queue.client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: seconds,
      MessageSystemAttributeNames,
    }),
  );
  return Messages;
}

const remove = ({ ReceiptHandle }: Message) =>
  queue.client.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));

/** The bodies of so many messages, which are then deleted; gives up when nothing comes for a while. */
async function take(count: number): Promise<readonly unknown[]> {
  const bodies: unknown[] = [];
  while (bodies.length < count) {
    const messages = await receive(5);
    if (messages.length === 0) break;
    for (const message of messages) {
      bodies.push(JSON.parse(message.Body ?? ''));
      await remove(message);
    }
  }
  return bodies;
}

/** What the adapter of queues needs from what is below the SDK's client. */
export function queueContract(start: () => Promise<QueueTarget>): void {
  beforeAll(async () => {
    queue = await start();
  });
  afterAll(() => queue.stop());

  describe('a queue', () => {
    it('holds every message of a long list, however many calls that takes', async () => {
      const bodies = Array.from({ length: 25 }, (_, n) => ({ n, text: 'ä\u{1F525}' }));
      await send(...bodies.map((body) => ({ body, group: `group-${body.n % 3}` })));
      const taken = (await take(25)) as typeof bodies;
      expect(taken.toSorted((a, b) => a.n - b.n)).toEqual(bodies);
    });

    it('takes any text, also characters that it refuses itself', async () => {
      const text = `\0\x1b\x7f\u{1F468}\u200d\u{1F692}\uFFFD\uFFFE\uFFFF\u2028\uD800`;
      await send({ body: text });
      expect(await take(1)).toEqual([text]);
    });

    it('takes together more than one call may carry', async () => {
      const text = 'x'.repeat(400_000);
      await send(...[1, 2, 3, 4].map((n) => ({ body: { n, text } })));
      expect(((await take(4)) as { n: number }[]).map(({ n }) => n).sort()).toEqual([1, 2, 3, 4]);
    });

    it('shows a delayed message only when its time has come', async () => {
      await send({ body: 'now' }, { body: 'later', delaySeconds: 1 });
      const early = await receive(5);
      expect(early.map(({ Body }) => Body)).toEqual(['"now"']);
      await Promise.all(early.map(remove));
      expect(await take(1)).toEqual(['later']);
    });

    it('shows a message again as soon as it was told to, and counts how often it was received', async () => {
      await send({ body: 'again' });
      const [first] = await receive(5);
      await retryAfter(queue.url, first?.ReceiptHandle ?? '', 0);
      const [second] = await receive(5);
      expect(second?.MessageId).toBe(first?.MessageId);
      expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
      if (second) await remove(second);
    });

    it('that refuses one of several says so, and has the others once', async () => {
      await expect(send({ body: 'good' }, { body: 'bad', delaySeconds: 901 })).rejects.toThrow();
      expect(await take(1)).toEqual(['good']);
      expect(await receive(1)).toEqual([]);
    });

    it('hides what was received from others, and forgets it when it is deleted', async () => {
      await send({ body: 'hidden' });
      const [message] = await receive(5);
      expect(await receive()).toEqual([]);
      if (message) await remove(message);
      await expect(retryAfter(queue.url, message?.ReceiptHandle ?? '', 5)).rejects.toThrow();
    });

    it('tells when a message was sent and how often it was received, when it is asked', async () => {
      await send({ body: 'x' });
      const [message] = await receive(5, queue.url, ['All']);
      const { SentTimestamp, ApproximateReceiveCount } = message?.Attributes ?? {};
      expect(Number(SentTimestamp)).toBeGreaterThan(0);
      expect(ApproximateReceiveCount).toBe('1');
      if (message) await remove(message);
    });

    it('moves what was received too often to the dead letters', async ({ skip }) => {
      if (queue.poisoned === undefined) return skip('that needs a queue with dead letters');
      const { url, deadLetters } = queue.poisoned;
      await sendTo(url).send([{ body: 'poison' }]);
      for (const count of ['1', '2']) {
        const [message] = await receive(5, url);
        expect(message?.Attributes?.ApproximateReceiveCount).toBe(count);
        await retryAfter(url, message?.ReceiptHandle ?? '', 1);
      }
      expect(await receive(2, url)).toEqual([]);
      expect((await receive(2, deadLetters)).map(({ Body }) => Body)).toEqual(['"poison"']);
    });

    it('refuses a whole batch that has too much, or one name twice', async () => {
      const batch = (ids: readonly string[], MessageBody = 'x') =>
        queue.client.send(
          new SendMessageBatchCommand({
            QueueUrl: queue.url,
            Entries: ids.map((Id) => ({ Id, MessageBody })),
          }),
        );
      await expect(batch([])).rejects.toBeInstanceOf(EmptyBatchRequest);
      await expect(batch(['1', '1'])).rejects.toBeInstanceOf(BatchEntryIdsNotDistinct);
      const eleven = Array.from({ length: 11 }, (_, n) => String(n));
      await expect(batch(eleven)).rejects.toBeInstanceOf(TooManyEntriesInBatchRequest);
      await expect(batch(['1', '2'], 'x'.repeat(600 * 1024))).rejects.toBeInstanceOf(BatchRequestTooLong);
      expect(await receive()).toEqual([]);
    });

    it('refuses what is larger than SQS takes', async () => {
      await expect(send({ body: 'x'.repeat(1024 * 1024) })).rejects.toThrow();
    });
  });
}
