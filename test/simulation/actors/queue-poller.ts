import type { SQSBatchResponse } from 'aws-lambda';
import type { Instant } from '../../../shared/kernel/index.ts';
import {
  type FunctionName,
  functions,
  type QueueName,
  queues,
  queueTimes,
} from '../../../shared/wiring/index.ts';
import type { MemoryQueues } from '../engine/memory-queues.ts';
import type { End, Fleet, Invocation } from '../fleet.ts';
import type { Random } from '../random.ts';
import { queueUrl } from '../setting.ts';
import type { Watch } from '../watch.ts';
import type { Actor } from './actor.ts';

/** What a poller needs of the world around it. */
export interface Polled {
  readonly clock: Instant;
  readonly fleet: Fleet;
  readonly queues: MemoryQueues;
  readonly random: Random;
  readonly watch: Pick<Watch, 'failing' | 'deleting'>;
  readonly weather: { readonly duplicates: number };
}

interface Message {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly Attributes: { readonly SentTimestamp: string; readonly ApproximateReceiveCount: string };
}

/** Brings the messages of one queue to its worker, as Lambda's pollers do: in batches, in any order, at least once. */
export class QueuePoller implements Actor {
  private readonly queue: QueueName;
  private readonly worker: FunctionName;
  private readonly world: Polled;
  /** Nothing is brought before. */
  private readonly from: Instant;

  constructor(queue: QueueName, world: Polled, from: Instant = 0) {
    this.queue = queue;
    this.worker = workerOf(queue);
    this.world = world;
    this.from = from;
  }

  ready(): number {
    const { fleet, clock } = this.world;
    const open = this.nextVisible() <= clock && fleet.hasRoom(this.worker);
    return open && this.from <= clock ? 2 : 0;
  }

  due(): Instant {
    return Math.max(this.from, this.nextVisible());
  }

  act(): void {
    const { world, queue } = this;
    const answer = this.ask('ReceiveMessage', {
      QueueUrl: queueUrl(queue),
      MaxNumberOfMessages: world.random.whole(1, queueTimes.batch),
      MessageSystemAttributeNames: ['All'],
      VisibilityTimeout: queueTimes.visibility,
    });
    const messages = (answer as { readonly Messages?: readonly Message[] } | undefined)?.Messages ?? [];
    if (messages.length === 0) return;
    const batch = messages.map(({ Body }) => JSON.parse(Body) as { readonly org: string });
    const invocation = world.fleet.invoke(this.worker, {
      event: { Records: messages.map((message) => recordOf(message, queue)) },
      tenants: new Set(batch.map(({ org }) => org)),
      ended: (end) => this.ended(messages, batch, invocation, end),
    });
  }

  /** The poller's own calls may fail too; then it asks again, or the message comes again. */
  private ask(operation: string, input: object): unknown {
    try {
      return this.world.queues.call(operation, input);
    } catch (fault) {
      if (fault instanceof Error && '$fault' in fault) return undefined;
      throw fault;
    }
  }

  private nextVisible(): Instant {
    return this.world.queues.nextDue(this.queue) ?? Number.POSITIVE_INFINITY;
  }

  /** Deletes what was done; what failed stays, and all of it when the worker died. */
  private ended(messages: readonly Message[], batch: readonly unknown[], by: Invocation, end: End): void {
    if (end.how !== 'answered') return;
    const { batchItemFailures } = end.result as SQSBatchResponse;
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const { world, queue } = this;
    for (const [place, { MessageId, ReceiptHandle }] of messages.entries()) {
      const message = batch[place];
      if (failed.has(MessageId)) {
        world.watch.failing(queue, message, { by, batch });
        continue;
      }
      world.watch.deleting(queue, message);
      // A deletion may come too late or be lost: then the message comes again.
      if (world.random.chance(world.weather.duplicates)) continue;
      this.ask('DeleteMessage', { QueueUrl: queueUrl(queue), ReceiptHandle });
    }
  }
}

function workerOf(queue: QueueName): FunctionName {
  const names = Object.keys(functions) as FunctionName[];
  const found = names.find((name) => functions[name].entry === queues[queue].worker);
  if (found === undefined) throw new Error(`Nothing works off the queue ${queue}`);
  return found;
}

function recordOf({ MessageId, ReceiptHandle, Body, Attributes }: Message, queue: QueueName) {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    eventSourceARN: `arn:aws:sqs:eu-central-1:1:${queue}`,
  };
}
