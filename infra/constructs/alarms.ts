import { Aws } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { articleOf } from '../article.ts';
import { type AlarmRow, type Watched, watchedBy } from './alarm-rows.ts';

interface AlarmsProps extends Watched {
  /** Hears about every alarm by e-mail. */
  readonly email: string;
}

/**
 * Tells a person when the system itself is at fault, by mail of SNS: no part of our own way of paging is on it. The alarms
 * themselves are the rows of `alarm-rows.ts`.
 */
export class Alarms extends Construct {
  readonly #topic: Topic;

  constructor(scope: Construct, id: string, { email, ...watched }: AlarmsProps) {
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
    for (const row of watchedBy(this, watched)) this.#add(row);
  }

  #add({ id, metric, says, periods, ...row }: AlarmRow): void {
    // Idle queues and functions have no numbers at all, so a missing one is good; but for what must happen all the time.
    const isSilence = 'atLeast' in row;
    const alarm = new Alarm(this, id, {
      metric,
      threshold: isSilence ? row.atLeast : row.above,
      comparisonOperator: isSilence
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: isSilence ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      evaluationPeriods: periods,
      alarmDescription: `${says} What to do: ${articleOf(id)}`,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic));
    alarm.addOkAction(new SnsAction(this.#topic));
  }
}
