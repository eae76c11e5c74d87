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

/**
 * Moves all dead letters back to their queue: each is sent, and only then deleted. Who dies in between leaves it in both, and
 * whoever does the same at the same time may send it twice: the workers find nothing left to do for the second.
 */
export async function redriveQueue(
  sqs: SQSClient,
  pair: QueuePair,
  { dryRun, tell }: RedriveOptions,
): Promise<Redriven> {
  const done = { moved: 0, left: 0 };
  const kept: Message[] = [];
  // What dies again while this runs comes with the id that it got here; it is not moved in circles.
  const sent = new Set<string>();
  for (;;) {
    const { Messages = [] } = await sqs.send(receive(pair.deadLetters));
    if (Messages.length === 0) break;
    const fresh = Messages.filter(({ MessageId = '' }) => !sent.has(MessageId));
    for (const { Body = '' } of fresh) tell(`${dryRun ? 'would move' : 'moving'}: ${aboutMessage(Body)}`);
    const moved = dryRun ? [] : await move(sqs, pair, fresh, sent);
    kept.push(...Messages.filter((message) => !moved.includes(message)));
    done.moved += dryRun ? fresh.length : moved.length;
  }
  done.left = dryRun ? 0 : kept.length;
  await release(sqs, pair.deadLetters, kept);
  return done;
}

const receive = (QueueUrl: string) =>
  new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: 10,
    VisibilityTimeout: HIDDEN,
    WaitTimeSeconds: 1,
    MessageSystemAttributeNames: ['MessageGroupId'],
  });

/** The messages that are moved; those that the queue did not take stay where they are. */
async function move(
  sqs: SQSClient,
  { queue, deadLetters }: QueuePair,
  messages: readonly Message[],
  sent: Set<string>,
): Promise<readonly Message[]> {
  if (messages.length === 0) return [];
  const { Successful = [] } = await sqs.send(
    new SendMessageBatchCommand({ QueueUrl: queue, Entries: messages.map(entryOf) }),
  );
  for (const { MessageId } of Successful) if (MessageId !== undefined) sent.add(MessageId);
  const moved = Successful.flatMap(({ Id }) => messages[Number(Id)] ?? []);
  const Entries = moved.map(({ ReceiptHandle }, place) => ({ Id: String(place), ReceiptHandle }));
  // A deletion that fails leaves the message in both; the next redrive moves it once more, to no effect.
  if (Entries.length > 0) await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: deadLetters, Entries }));
  return moved;
}

/** With its group, so that the fair queue still knows whose it is. */
function entryOf({ Body, Attributes }: Message, place: number) {
  const group = Attributes?.MessageGroupId;
  return { Id: String(place), MessageBody: Body, ...(group !== undefined && { MessageGroupId: group }) };
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
