import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Duration, type Instant, SECOND } from '../../shared/kernel/index.ts';
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

/** Thrown by a worker that knows when trying again makes sense; without a pause the queue decides. */
export class TryAgain extends Error {
  readonly pause: Duration | undefined;

  constructor(message: string, pause?: Duration, options?: ErrorOptions) {
    super(message, options);
    this.pause = pause;
  }
}

/** Thrown by a worker that is not the one to do it now: the message comes again later, and nothing is wrong. */
export class NotNow extends TryAgain {
  override readonly name = 'NotNow';
}

/** Turns the JSON of a message into its type; throws on what is not one. */
export type Parse<Message> = (body: unknown) => Message;

const LONGEST_WAIT = 60;

/** A worker that handles each message alone. One that fails is retried after 1, 2, 4 … s, or when it says, without its neighbours. */
export function queueWorker<Message>(
  parse: Parse<Message>,
  handle: (message: Message, received: Received<Message>) => Promise<void>,
) {
  return async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const pauses: Pauses = new Map();
    const outcomes = await Promise.all(
      event.Records.map((record) =>
        attempt(record.messageId, async () => {
          const received = receivedOf(record, parse);
          await handle(received.message, received).catch((error: unknown) => {
            if (error instanceof TryAgain && error.pause !== undefined) pauses.set(received.id, error.pause);
            throw error;
          });
        }),
      ),
    );
    return answer(
      event.Records.filter((_, i) => !outcomes[i]),
      pauses,
    );
  };
}

/** How long messages that failed shall rest, by id. */
type Pauses = Map<string, Duration>;

/** Of Lambda's context only how long the invocation may still take, in milliseconds. */
type Invocation = Pick<Context, 'getRemainingTimeInMillis'>;

/** The ids of messages that failed. */
type Failed = readonly string[];

/**
 * A worker that divides a batch by what its messages are, and hands each part to `together` or `apart`: so no part is done again
 * because another one failed. When it throws by itself all come again.
 */
export function batchWorker<Message>(
  parse: Parse<Message>,
  handle: (batch: readonly Received<Message>[], invocation: Invocation) => Promise<Failed>,
) {
  return async (event: SQSEvent, invocation: Invocation): Promise<SQSBatchResponse> => {
    const batch: Received<Message>[] = [];
    const failed = new Set<string>();
    for (const record of event.Records) {
      const ok = await attempt(record.messageId, async () => {
        batch.push(receivedOf(record, parse));
      });
      if (!ok) failed.add(record.messageId);
    }
    const ids = batch.map(({ id }) => id);
    const ok = await attempt(ids.join(' '), async () => {
      for (const id of await handle(batch, invocation)) failed.add(id);
    });
    return answer(
      event.Records.filter(({ messageId }) => failed.has(messageId) || (!ok && ids.includes(messageId))),
    );
  };
}

/** Folds messages at once. When that fails each is handled alone, so a poisonous one fails by itself. */
export async function together<Message>(
  batch: readonly Received<Message>[],
  handle: (messages: readonly Message[]) => Promise<void>,
): Promise<Failed> {
  const [first] = batch;
  if (first === undefined) return [];
  const ids = batch.map(({ id }) => id);
  if ((await asOne(batch, handle)).length === 0) return [];
  if (batch.length === 1) return ids;
  return inTurn(batch, (message) => handle([message]));
}

/** Folds messages at once; when that fails they all come again, in their order. */
export async function asOne<Message>(
  batch: readonly Received<Message>[],
  handle: (messages: readonly Message[]) => Promise<void>,
): Promise<Failed> {
  const ids = batch.map(({ id }) => id);
  return (await attempt(ids.join(' '), () => handle(batch.map(({ message }) => message)))) ? [] : ids;
}

/** Handles each message by itself, all at the same time. */
export async function apart<Message>(
  batch: readonly Received<Message>[],
  handle: (message: Message) => Promise<void>,
): Promise<Failed> {
  const outcomes = await Promise.all(batch.map(({ id, message }) => attempt(id, () => handle(message))));
  return batch.flatMap(({ id }, i) => (outcomes[i] ? [] : [id]));
}

/** Handles each message by itself, one after another. */
export async function inTurn<Message>(
  batch: readonly Received<Message>[],
  handle: (message: Message) => Promise<void>,
): Promise<Failed> {
  const failed: string[] = [];
  for (const { id, message } of batch) if (!(await attempt(id, () => handle(message)))) failed.push(id);
  return failed;
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

/** Whether it went well; never throws. A fault is logged, with the ids of the messages and never a body. */
async function attempt(ids: string, run: () => Promise<void>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    if (error instanceof NotNow) log.info('not now', { id: ids, why: error.message });
    else logFault(error, `queue message ${ids}`);
    return false;
  }
}

/** Names the failed messages, each made visible again sooner than the queue's own time-out would. */
async function answer(
  failed: readonly SQSRecord[],
  pauses: ReadonlyMap<string, Duration> = new Map(),
): Promise<SQSBatchResponse> {
  await Promise.all(
    failed.map((record) => attempt(record.messageId, () => shorten(record, pauses.get(record.messageId)))),
  );
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
}

async function shorten(
  { eventSourceARN, receiptHandle, attributes }: SQSRecord,
  pause: Duration | undefined,
): Promise<void> {
  const url = queueUrlOf(eventSourceARN);
  if (url === undefined) throw new Error('The queue of this message is not among the settings');
  const tries = Number(attributes.ApproximateReceiveCount);
  const seconds = pause === undefined ? Math.min(LONGEST_WAIT, 2 ** (tries - 1)) : Math.ceil(pause / SECOND);
  await retryAfter(url, receiptHandle, seconds);
}
