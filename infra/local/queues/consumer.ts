import type { Core } from '../core.ts';
import type { ReceivedMessage } from '../engines/queue-engine.ts';
import type { InvocationResult, Running } from '../resource.ts';
import { queueRecord } from './record.ts';

/** A queue event source mapping. */
export interface QueueMapping {
  readonly id: string;
  readonly function: string;
  readonly queue: string;
  readonly queueArn: string;
  readonly batchSize: number;
  /** Milliseconds to wait for a fuller batch. */
  readonly window: number;
  readonly concurrency: number;
  readonly reportsItemFailures: boolean;
}

const longPoll = 20;
const receiveLimit = 10;

/**
 * Receives from a queue and hands batches to a function, several at a time.
 * What succeeded is deleted; what failed is left, and its visibility time-out brings it back.
 */
export function startConsumer(mapping: QueueMapping, world: Core): Running {
  let stopped = false;
  let running = 0;
  let freed: (() => void) | undefined;
  world.watchQueue(mapping.queue);

  const handle = async (messages: readonly ReceivedMessage[]) => {
    const batch = await fill(messages);
    const Records = batch.map((one) => queueRecord(one, mapping.queueArn, world.account.region));
    const result = await world.functions.invoke(mapping.function, { Records });
    const done = succeeded(batch, result, mapping.reportsItemFailures).map((one) => one.receiptHandle);
    if (done.length > 0) await world.queues.delete(mapping.queue, done);
  };

  const fill = async (first: readonly ReceivedMessage[]) => {
    let batch = first;
    const until = performance.now() + mapping.window;
    while (batch.length < mapping.batchSize && performance.now() < until && !stopped) {
      const room = Math.min(receiveLimit, mapping.batchSize - batch.length);
      batch = [
        ...batch,
        ...(await world.queues.receive(mapping.queue, room, (until - performance.now()) / 1_000)),
      ];
    }
    return batch;
  };

  const loop = async () => {
    while (!stopped) {
      if (running >= mapping.concurrency) {
        await new Promise<void>((resolve) => {
          freed = resolve;
        });
        continue;
      }
      const messages = await world.queues.receive(
        mapping.queue,
        Math.min(receiveLimit, mapping.batchSize),
        longPoll,
      );
      // A message received while stopping keeps its place: at the next start it is visible again.
      if (stopped || messages.length === 0) continue;
      running += 1;
      void world
        .busy(() => handle(messages))
        .catch((error: unknown) => complain(error))
        .finally(() => {
          running -= 1;
          freed?.();
        });
    }
  };
  const complain = (error: unknown) => {
    if (!stopped) world.log(`${mapping.id}: ${String(error)}`);
  };
  loop().catch(complain);
  return {
    async stop() {
      stopped = true;
      freed?.();
    },
  };
}

function succeeded(
  batch: readonly ReceivedMessage[],
  result: InvocationResult,
  reports: boolean,
): readonly ReceivedMessage[] {
  if (!result.ok) return [];
  if (!reports) return batch;
  const answer = result.payload as { batchItemFailures?: readonly { itemIdentifier?: unknown }[] } | null;
  const failed = new Set((answer?.batchItemFailures ?? []).map((one) => one.itemIdentifier));
  const ids = new Set<unknown>(batch.map((one) => one.messageId));
  // An identifier that is not in the batch makes the whole batch a failure, as in Lambda.
  if (![...failed].every((id) => ids.has(id))) return [];
  return batch.filter((one) => !failed.has(one.messageId));
}
