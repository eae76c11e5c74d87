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

/** After a queue could not be read, as on a full disk, it is read again after so many milliseconds. */
const retryPause = 1_000;

/**
 * Receives from a queue and hands batches to a function, several at a time.
 * What succeeded is deleted; what failed is left, and its visibility time-out brings it back.
 */
export class Consumer implements Running {
  readonly #mapping: QueueMapping;
  readonly #world: Core;
  #running = 0;
  #stopped = false;
  #freed: () => void = () => undefined;

  constructor(mapping: QueueMapping, world: Core) {
    this.#mapping = mapping;
    this.#world = world;
    world.watchQueue(mapping.queue);
    this.#loop().catch((error: unknown) => this.#complain(error));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#freed();
  }

  async #loop(): Promise<void> {
    const { queue, batchSize, concurrency } = this.#mapping;
    while (!this.#stopped) {
      if (this.#running >= concurrency) {
        await new Promise<void>((resolve) => {
          this.#freed = resolve;
        });
        continue;
      }
      const messages = await this.#receive(queue, Math.min(receiveLimit, batchSize));
      // A message received while stopping keeps its place: at the next start it is visible again.
      if (!this.#stopped && messages.length > 0) this.#begin(messages);
    }
  }

  /** What the queue has; nothing, after a pause, when it cannot be read: a consumer that ends would leave its queue for good. */
  async #receive(queue: string, max: number): Promise<readonly ReceivedMessage[]> {
    try {
      return await this.#world.queues.receive(queue, max, longPoll);
    } catch (error) {
      this.#complain(error);
      await new Promise((resolve) => setTimeout(resolve, retryPause).unref());
      return [];
    }
  }

  #begin(messages: readonly ReceivedMessage[]): void {
    this.#running += 1;
    void this.#world
      .busy(() => this.#handle(messages))
      .catch((error: unknown) => this.#complain(error))
      .finally(() => {
        this.#running -= 1;
        this.#freed();
      });
  }

  async #handle(messages: readonly ReceivedMessage[]): Promise<void> {
    const { queue, queueArn, reportsItemFailures } = this.#mapping;
    const received = await this.#fill(messages);
    // A standard queue keeps no order; whoever counts on one must find out here.
    const batch = queue.endsWith('.fifo') ? received : this.#world.shuffle.any(received);
    const Records = batch.map((one) => queueRecord(one, queueArn, this.#world.account.region));
    const result = await this.#world.functions.invoke(this.#mapping.function, { Records });
    const done = succeeded(batch, result, reportsItemFailures).map((one) => one.receiptHandle);
    if (done.length > 0) await this.#world.queues.delete(queue, done);
  }

  async #fill(first: readonly ReceivedMessage[]): Promise<readonly ReceivedMessage[]> {
    const { queue, batchSize, window } = this.#mapping;
    const until = performance.now() + window;
    let batch = first;
    while (batch.length < batchSize && performance.now() < until && !this.#stopped) {
      const room = Math.min(receiveLimit, batchSize - batch.length);
      const seconds = (until - performance.now()) / 1_000;
      batch = [...batch, ...(await this.#world.queues.receive(queue, room, seconds))];
    }
    return batch;
  }

  #complain(error: unknown): void {
    if (!this.#stopped) this.#world.log(`${this.#mapping.id}: ${String(error)}`);
  }
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
