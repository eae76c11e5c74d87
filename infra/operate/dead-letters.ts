import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { aboutMessage } from './about.ts';
import type { Redriven, RedriveOptions } from './redrive.ts';

/** The addresses of a queue and of its dead letters. */
export interface QueuePair {
  readonly queue: string;
  readonly deadLetters: string;
}

/** As long as nobody else gets a message that is being moved, in seconds. */
const HIDDEN = 60;

/** What SQS takes in one call, in bytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * Moves all dead letters back to their queue: each is sent, and only then deleted. Who dies in between leaves it in both, and
 * whoever does the same at the same time may send it twice: the workers find nothing left to do for the second.
 */
export async function redriveQueue(
  sqs: SQSClient,
  pair: QueuePair,
  { dryRun, tell, nameOf }: RedriveOptions,
): Promise<Redriven> {
  let count = 0;
  const kept = new Map<string, Message>();
  // What was looked at shows itself again after a minute, and what dies again comes with the id that it got here: once is enough.
  const seen = new Set<string>();
  for (;;) {
    const { Messages = [] } = await sqs.send(receive(pair.deadLetters));
    const fresh = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
    for (const message of Messages) kept.set(message.MessageId ?? '', message);
    if (fresh.length === 0) break;
    for (const { MessageId = '', Body = '' } of fresh) {
      seen.add(MessageId);
      tell(`${dryRun ? 'would move' : 'moving'}: ${await aboutMessage(Body, nameOf)}`);
    }
    const moved = dryRun ? [] : await move(sqs, pair, fresh, seen);
    for (const { MessageId = '' } of moved) kept.delete(MessageId);
    count += dryRun ? fresh.length : moved.length;
  }
  await release(sqs, pair.deadLetters, [...kept.values()]);
  return { moved: count, left: dryRun ? 0 : kept.size };
}

const receive = (QueueUrl: string) =>
  new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: HIDDEN,
    WaitTimeSeconds: 1,
    MessageSystemAttributeNames: ['MessageGroupId', 'MessageDeduplicationId'],
  });

/** The messages that are moved; those that the queue did not take stay where they are. Notes the ids that they got. */
async function move(
  sqs: SQSClient,
  pair: QueuePair,
  messages: readonly Message[],
  seen: Set<string>,
): Promise<readonly Message[]> {
  const moved: Message[] = [];
  for (const batch of batchesOf(messages)) moved.push(...(await moveBatch(sqs, pair, batch, seen)));
  return moved;
}

async function moveBatch(
  sqs: SQSClient,
  { queue, deadLetters }: QueuePair,
  messages: readonly Message[],
  seen: Set<string>,
): Promise<readonly Message[]> {
  const { Successful = [] } = await sqs.send(
    new SendMessageBatchCommand({ QueueUrl: queue, Entries: messages.map(entryOf) }),
  );
  for (const { MessageId } of Successful) if (MessageId !== undefined) seen.add(MessageId);
  const moved = Successful.flatMap(({ Id }) => messages[Number(Id)] ?? []);
  const Entries = moved.map(({ ReceiptHandle }, place) => ({ Id: String(place), ReceiptHandle }));
  // A deletion that fails leaves the message in both; the next redrive moves it once more, to no effect.
  if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: deadLetters, Entries }));
  return moved;
}

/** Received messages, of which SQS gives ten at most, cut into runs that it takes in one call. */
function batchesOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const batches: Message[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const own = Buffer.byteLength(message.Body ?? '');
    const last = batches.at(-1);
    if (last !== undefined && bytes + own <= MAX_BYTES) {
      last.push(message);
      bytes += own;
    } else {
      batches.push([message]);
      bytes = own;
    }
  }
  return batches;
}

/**
 * With its group, so that the fair queue still knows whose it is. An ordered queue takes a name once in five minutes: as this message
 * was named it may have known it just now.
 */
function entryOf({ MessageId, Body, Attributes }: Message, place: number) {
  const { MessageGroupId: group, MessageDeduplicationId: name } = Attributes ?? {};
  return {
    Id: String(place),
    MessageBody: Body,
    ...(group !== undefined && { MessageGroupId: group }),
    ...(name !== undefined && { MessageDeduplicationId: `again-${MessageId}` }),
  };
}

/** Shows messages again at once that were only looked at. */
async function release(sqs: SQSClient, QueueUrl: string, messages: readonly Message[]): Promise<void> {
  for (let from = 0; from < messages.length; from += 10) {
    const Entries = messages
      .slice(from, from + 10)
      .map(({ ReceiptHandle }, place) => ({ Id: String(place), ReceiptHandle, VisibilityTimeout: 0 }));
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  }
}
