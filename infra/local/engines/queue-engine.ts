import { mkdirSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { startShimmed } from './shimmed-worker.ts';

/** A message as it was received; instants in milliseconds since the epoch. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
  readonly sentAt: number;
  readonly firstReceivedAt: number;
  readonly receiveCount: number;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly sequenceNumber: string | undefined;
}

/** How a queue stands: messages that can be received now, and when the next hidden or delayed one can. */
export interface QueueState {
  readonly ready: number;
  readonly nextDue: number | undefined;
}

/** What the runner asks the thread of the queue engine. */
export type QueueQuestion =
  | { readonly do: 'receive'; readonly queue: string; readonly max: number; readonly wait: number }
  | { readonly do: 'delete'; readonly queue: string; readonly handles: readonly string[] }
  | { readonly do: 'release' }
  | { readonly do: 'state'; readonly queues: readonly string[] };

/**
 * The engine for queues and buckets. Functions speak to it over HTTP; the runner's own consumers speak to its thread,
 * so that the state of a queue never misses a message that is already on its way to a consumer.
 */
export interface QueueEngine {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
  /** Up to `max` messages; waits up to `wait` seconds for the first. */
  receive(queue: string, max: number, wait: number): Promise<readonly ReceivedMessage[]>;
  delete(queue: string, receiptHandles: readonly string[]): Promise<void>;
  /** Makes visible at once what became due when the clock moved. */
  release(): Promise<void>;
  state(queues: readonly string[]): Promise<readonly QueueState[]>;
  /** Resolves when the engine ends although nobody stopped it. */
  readonly died: Promise<Error>;
  stop(): Promise<void>;
}

/** Starts the engine for queues and buckets over a folder. */
export async function startQueues(folder: string, region: string, clock: Clock): Promise<QueueEngine> {
  mkdirSync(folder, { recursive: true });
  const worker = await startShimmed(
    new URL('./fauxqs-thread.ts', import.meta.url),
    { folder, region },
    clock,
  );
  const ask = (question: QueueQuestion) => worker.ask(question);
  return {
    endpoint: `http://127.0.0.1:${String(worker.ready)}`,
    receive: (queue, max, wait) => ask({ do: 'receive', queue, max, wait }) as Promise<ReceivedMessage[]>,
    delete: async (queue, handles) => void (await ask({ do: 'delete', queue, handles })),
    release: async () => void (await ask({ do: 'release' })),
    state: (queues) => ask({ do: 'state', queues }) as Promise<QueueState[]>,
    died: worker.died,
    stop: () => worker.stop(),
  };
}
