import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Duration } from '../../shared/kernel/index.ts';
import { env, queues } from '../../shared/wiring/index.ts';
import { allDone } from './all-done.ts';
import { chunked } from './chunked.ts';
import { unlogged } from './unlogged.ts';

const client = unlogged(
  new SQSClient({
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  }),
);

/**
 * A message to send: `group` keeps one noisy source from delaying the others, and is what an ordered queue keeps in order. Delay in
 * seconds, at most 900; an ordered queue knows none, and takes a message of the same `name` once in five minutes.
 */
export interface Outgoing {
  readonly body: unknown;
  readonly group?: string;
  readonly name?: string;
  readonly delaySeconds?: number;
}

/** What SQS takes in one call. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1024 * 1024;

/**
 * The sender to one queue. `send` returns when every message is stored, and throws when one could not be after a second try, or
 * not `within` so many milliseconds: then it may be stored all the same.
 */
export function sendTo(
  queueUrl: string,
  { within }: { readonly within?: Duration } = {},
): { send(messages: readonly Outgoing[]): Promise<void> } {
  return {
    async send(messages) {
      const entries = messages.map(toEntry);
      const batches = chunked(entries, { count: MAX_ENTRIES, size: MAX_BYTES, sizeOf });
      const options: Options = within === undefined ? {} : { abortSignal: AbortSignal.timeout(within) };
      await allDone(batches.map((batch) => sendBatch(queueUrl, batch, options)));
    },
  };
}

/** Of the SDK's options of one call. */
interface Options {
  readonly abortSignal?: AbortSignal;
}

/** Makes a message visible again after so many seconds; never 0, which would be a busy loop. */
export async function retryAfter(queueUrl: string, receiptHandle: string, seconds: number): Promise<void> {
  const VisibilityTimeout = Math.max(1, Math.floor(seconds));
  await client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout,
    }),
  );
}

/** The address of the queue with this ARN among those that the environment names, or undefined. */
export function queueUrlOf(arn: string): string | undefined {
  const name = arn.slice(arn.lastIndexOf(':') + 1);
  return Object.values(queues)
    .map((queue) => process.env[env[queue.env]])
    .find((url) => url?.endsWith(`/${name}`));
}

async function sendBatch(
  queueUrl: string,
  entries: readonly SendMessageBatchRequestEntry[],
  options: Options,
): Promise<void> {
  const refused = await sendOnce(queueUrl, entries, options);
  if (refused.size === 0) return;
  const again = entries.filter(({ Id }) => Id !== undefined && refused.has(Id));
  const still = await sendOnce(queueUrl, again, options);
  if (still.size > 0) throw new Error(`The queue refused ${still.size} messages: ${[...still.values()][0]}`);
}

/** The messages that the queue did not take: id and reason. */
async function sendOnce(
  queueUrl: string,
  entries: readonly SendMessageBatchRequestEntry[],
  options: Options,
): Promise<ReadonlyMap<string, string>> {
  const command = new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: [...entries] });
  const { Failed = [] } = await client.send(command, options);
  return new Map(Failed.map(({ Id = '', Code = 'unknown' }) => [Id, Code]));
}

/** SQS takes every character that JSON leaves as it is, but for these two. */
const textOf = (body: unknown): string =>
  JSON.stringify(body).replaceAll('\uFFFE', String.raw`\uFFFE`).replaceAll('\uFFFF', String.raw`\uFFFF`);

function toEntry({ body, group, name, delaySeconds }: Outgoing, place: number): SendMessageBatchRequestEntry {
  return {
    Id: String(place),
    MessageBody: textOf(body),
    ...(group !== undefined && { MessageGroupId: group }),
    ...(name !== undefined && { MessageDeduplicationId: name }),
    ...(delaySeconds !== undefined && { DelaySeconds: Math.ceil(delaySeconds) }),
  };
}

const sizeOf = ({ MessageBody = '' }: SendMessageBatchRequestEntry): number => Buffer.byteLength(MessageBody);
