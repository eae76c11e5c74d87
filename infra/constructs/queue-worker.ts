import { Duration } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueTimes } from '../../shared/wiring/index.ts';
import type { NodeFunction } from './node-function.ts';

const protectedQueue = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.seconds(queueTimes.retention),
};

/** A queue with its dead-letter queue, and the function that works it off once `feeds` has named it. */
export class QueueWorker extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { maxReceives }: { readonly maxReceives: number }) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', protectedQueue);
    this.queue = new Queue(this, 'Queue', {
      ...protectedQueue,
      visibilityTimeout: Duration.seconds(queueTimes.visibility),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
    });
  }

  /** A lone message never waits for company, hence no window; a storm comes in batches. */
  feeds({ lambda }: NodeFunction): void {
    lambda.addEventSource(
      new SqsEventSource(this.queue, { batchSize: queueTimes.batch, reportBatchItemFailures: true }),
    );
  }
}
