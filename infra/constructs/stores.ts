import { Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { QueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { mailFolder, type QueueName, queues } from '../../shared/wiring/index.ts';
import { EventTable } from './event-table.ts';
import { logBucket, privateBucket } from './private-bucket.ts';
import { QueueWorker } from './queue-worker.ts';
import type { Retention } from './retention.ts';

interface StoresProps {
  readonly keep: Retention;
  /** The ARN of the stream of a restored table. */
  readonly restored: string | undefined;
}

/** How the folders of organisations begin in the bucket of deliveries, as their ids do. */
export const organisationFolders = 'org_';

/** Everything that keeps data: the table, the queues, the generated secret, and buckets for logs and undelivered records. */
export class Stores extends Construct {
  readonly events: EventTable;
  readonly secret: Secret;
  readonly logs: IBucket;
  /** Records that a stream reader could not handle. */
  readonly undelivered: IBucket;
  /** The last bodies that integrations sent, for whoever looks at them, gone after a week; and mails, gone after two. */
  readonly deliveries: IBucket;
  readonly queues: Readonly<Record<QueueName, QueueWorker>>;

  constructor(scope: Construct, id: string, { keep, restored }: StoresProps) {
    super(scope, id);
    this.events = new EventTable(this, 'Events', { keep, restored });
    this.secret = new Secret(this, 'Secret', {
      description: 'Signing keys are derived from this',
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: keep.removal,
    });
    this.logs = logBucket(this, 'Logs', keep);
    this.undelivered = privateBucket(this, 'Undelivered', { keep, logs: this.logs });
    this.deliveries = privateBucket(this, 'Deliveries', {
      ...{ keep, logs: this.logs },
      lifecycleRules: [
        { prefix: organisationFolders, expiration: Duration.days(7) },
        { prefix: `${mailFolder}/`, expiration: Duration.days(14) },
      ],
    });
    this.queues = {
      alerts: new QueueWorker(this, 'Alerts', queues.alerts),
      escalation: new QueueWorker(this, 'Escalation', queues.escalation),
      room: new QueueWorker(this, 'Room', queues.room),
      delivery: new QueueWorker(this, 'Delivery', queues.delivery),
      runbooks: new QueueWorker(this, 'Runbooks', queues.runbooks),
      publish: new QueueWorker(this, 'Publish', queues.publish),
      mailing: new QueueWorker(this, 'Mailing', queues.mailing),
    };
    this.#refusePlainText();
  }

  /** One policy for all queues, where the CDK would make one for each. As each queue's own, it speaks of that queue alone. */
  #refusePlainText(): void {
    const all = Object.values(this.queues).flatMap(({ queue, deadLetters }) => [queue, deadLetters]);
    new QueuePolicy(this, 'QueuePolicy', { queues: all }).document.addStatements(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sqs:*'],
        resources: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  }
}
