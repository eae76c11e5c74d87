import { DeleteMessageCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outgoing, retryAfter, sendTo } from '../../functions/aws/queue.ts';
import { queueTarget } from '../support/contract.ts';

let queue: Awaited<ReturnType<typeof queueTarget>>;
beforeAll(async () => {
  queue = await queueTarget();
});
afterAll(() => queue.stop());

const send = (...messages: readonly Outgoing[]) => sendTo(queue.url).send(messages);

async function receive(seconds = 0): Promise<readonly Message[]> {
  const { Messages = [] } = await queue.client.send(
    new ReceiveMessageCommand({
      QueueUrl: queue.url,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: seconds,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
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

  it('refuses what is larger than SQS takes', async () => {
    await expect(send({ body: 'x'.repeat(1024 * 1024) })).rejects.toThrow();
  });
});
