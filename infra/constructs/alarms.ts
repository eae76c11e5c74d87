import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { NodeFunction } from './node-function.ts';
import type { QueueWorker } from './queue-worker.ts';

interface AlarmsProps {
  /** Hears about every alarm by e-mail. */
  readonly email: string;
  readonly queues: Readonly<Record<string, QueueWorker>>;
  readonly readers: Readonly<Record<string, NodeFunction>>;
  /** Runs every minute; its silence is an alarm. */
  readonly sweep: NodeFunction;
}

const minute = Duration.minutes(1);

/** Tells a person when the system itself is at fault. */
export class Alarms extends Construct {
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, { email, queues, readers, sweep }: AlarmsProps) {
    super(scope, id);
    this.#topic = new Topic(this, 'Topic', { enforceSSL: true });
    this.#topic.addSubscription(new EmailSubscription(email));
    // With a policy of its own, a topic no longer lets the alarms of its account publish by default.
    this.#topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.#topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    for (const [name, { queue, deadLetters }] of Object.entries(queues)) {
      const dead = deadLetters.metricApproximateNumberOfMessagesVisible({
        period: minute,
        statistic: Stats.MAXIMUM,
      });
      const age = queue.metricApproximateAgeOfOldestMessage({ period: minute, statistic: Stats.MAXIMUM });
      this.#above(
        `${name}DeadLetters`,
        dead,
        0,
        `Messages of the queue ${name} failed for good and wait to be redriven.`,
      );
      this.#above(`${name}Age`, age, 120, `A message of the queue ${name} has waited for over two minutes.`);
    }
    for (const [name, { lambda }] of Object.entries(readers)) {
      const age = lambda.metric('IteratorAge', { period: minute, statistic: Stats.MAXIMUM });
      this.#above(`${name}Age`, age, 60_000, `The stream reader ${name} is over a minute behind.`);
    }
    this.#silent('SweepSilent', sweep.lambda.metricInvocations({ period: minute, statistic: Stats.SUM }));
  }

  /** Idle queues have no age at all, so a missing number is a good one. */
  #above(id: string, metric: IMetric, threshold: number, description: string): void {
    this.#add(id, metric, {
      threshold,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
      missing: TreatMissingData.NOT_BREACHING,
      periods: 1,
      description,
    });
  }

  /** For what must happen all the time: here a missing number is the fault itself. */
  #silent(id: string, metric: IMetric): void {
    this.#add(id, metric, {
      threshold: 1,
      comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
      missing: TreatMissingData.BREACHING,
      periods: 3,
      description: 'The sweep has not run for three minutes: nothing finds steps that are overdue.',
    });
  }

  #add(id: string, metric: IMetric, how: How): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold: how.threshold,
      comparisonOperator: how.comparison,
      treatMissingData: how.missing,
      evaluationPeriods: how.periods,
      alarmDescription: how.description,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
  }
}

interface How {
  readonly threshold: number;
  readonly comparison: ComparisonOperator;
  readonly missing: TreatMissingData;
  /** In minutes. */
  readonly periods: number;
  readonly description: string;
}
