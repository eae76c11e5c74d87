import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Instant } from '../../shared/kernel/index.ts';
import { queueUrlOf, retryAfter } from '../aws/queue.ts';
import { logFault } from './errors.ts';
import { log } from './log.ts';

/** A message with what its queue knows of it. */
export interface Received<Message> {
  readonly message: Message;
  readonly id: string;
  /** When it was first sent. */
  readonly sentAt: Instant;
  /** How often it was received, from 1. */
  readonly receives: number;
}

/** Thrown by a worker that is not the one to do it now: the message comes again later, and nothing is wrong. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}

/** Turns the JSON of a message into its type; throws on what is not one. */
export type Parse<Message> = (body: unknown) => Message;

const LONGEST_WAIT = 60;

/** A worker that handles each message alone. One that fails is retried after 1, 2, 4 … s without its neighbours. */
export function queueWorker<Message>(
  parse: Parse<Message>,
  handle: (message: Message, received: Received<Message>) => Promise<void>,
) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const outcomes = await Promise.all(
      event.Records.map((record) =>
        attempt(record, async () => {
          const received = receivedOf(record, parse);
          await handle(received.message, received);
        }),
      ),
    );
    return answer(event.Records.filter((_, i) => !outcomes[i]));
  };
}

/** A worker that folds a whole batch. When that fails each message is handled alone, so a poisonous one fails by itself. */
export function batchWorker<Message>(
  parse: Parse<Message>,
  handle: (batch: readonly Received<Message>[]) => Promise<void>,
) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const batch: { record: SQSRecord; received: Received<Message> }[] = [];
    const failed: SQSRecord[] = [];
    for (const record of event.Records) {
      const ok = await attempt(record, async () => {
        batch.push({ record, received: receivedOf(record, parse) });
      });
      if (!ok) failed.push(record);
    }
    const [first] = batch;
    if (first === undefined) return answer(failed);
    if (await attempt(first.record, () => handle(batch.map(({ received }) => received))))
      return answer(failed);
    if (batch.length === 1) return answer([...failed, first.record]);
    for (const { record, received } of batch) {
      if (!(await attempt(record, () => handle([received])))) failed.push(record);
    }
    return answer(failed);
  };
}

function receivedOf<Message>(record: SQSRecord, parse: Parse<Message>): Received<Message> {
  return {
    message: parse(jsonOf(record.body)),
    id: record.messageId,
    sentAt: Number(record.attributes.SentTimestamp),
    receives: Number(record.attributes.ApproximateReceiveCount),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message would carry the text into the log.
    throw new Error('The body of the message is not JSON');
  }
}

/** Whether it went well; a fault is logged, with the id of the message and never its body. */
async function attempt(record: SQSRecord, run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (error instanceof NotNow) log.info('not now', { id: record.messageId, why: error.message });
    else logFault(error, `queue message ${record.messageId}`);
    return false;
  }
}

/** Names the failed messages, each made visible again sooner than the queue's own time-out would. */
async function answer(failed: readonly SQSRecord[]): Promise<SQSBatchResponse> {
  await Promise.all(failed.map((record) => attempt(record, () => shorten(record))));
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function shorten({ eventSourceARN, receiptHandle, attributes }: SQSRecord): Promise<void> {
  const url = queueUrlOf(eventSourceARN);
  if (url === undefined) throw new Error('The queue of this message is not among the settings');
  const tries = Number(attributes.ApproximateReceiveCount);
  await retryAfter(url, receiptHandle, Math.min(LONGEST_WAIT, 2 ** (tries - 1)));
}
