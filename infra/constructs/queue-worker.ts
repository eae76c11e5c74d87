import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueTimes } from '../../shared/wiring/index.ts';
import type { NodeFunction } from './node-function.ts';

/** `Stores` refuses messages without TLS, by one policy for all queues. */
const protectedQueue = {
  encryption: QueueEncryption.SQS_MANAGED,
  retentionPeriod: Duration.seconds(queueTimes.retention),
};

interface QueueWorkerProps {
  readonly maxReceives: number;
  /** Seconds by which messages are delayed at most that are sent to it. */
  readonly longestDelay: number;
  /** Whether each group is worked off in order and by one at a time; whoever sends names each message. */
  readonly ordered: boolean;
  /** The most that work it off at once; at least two, as Lambda wants it. @default as many as there are */
  readonly workers?: number;
  /** Messages that one takes at once. */
  readonly batch?: number;
}

/** A queue with its dead-letter queue, and the function that works it off once `feeds` has named it. */
export class QueueWorker extends Construct {
  /** Seconds that a message may be delayed by whoever sends it. */
  readonly longestDelay: number;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly workers: number | undefined;
  private readonly batch: number;

  constructor(scope: Construct, id: string, props: QueueWorkerProps) {
    super(scope, id);
    const { maxReceives, longestDelay, ordered } = props;
    this.workers = props.workers;
    this.batch = props.batch ?? queueTimes.batch;
    this.longestDelay = longestDelay;
    // What failed for good in an ordered queue can only go to another one.
    const kind = ordered ? { ...protectedQueue, fifo: true } : protectedQueue;
    this.deadLetters = new Queue(this, 'DeadLetters', kind);
    this.queue = new Queue(this, 'Queue', {
      ...kind,
      visibilityTimeout: Duration.seconds(queueTimes.visibility),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
    });
  }

  /**
   * A lone message never waits for company, hence no window; a storm comes in batches. Pollers that ask for more executions than
   * are reserved would be throttled, and every throttled message counts as received.
   */
  feeds({ lambda, reserved }: NodeFunction): void {
    const most = reserved ?? this.workers;
    lambda.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: this.batch,
        reportBatchItemFailures: true,
        ...(most !== undefined && { maxConcurrency: most }),
      }),
    );
  }
}
