import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { NodeFunction } from './node-function.ts';

interface AccountEventsProps {
  readonly taker: NodeFunction;
  /** Keeps the events that could not be taken, whole. */
  readonly undelivered: IBucket;
}

/** What AWS tells of by itself: alarms, deployments and stacks of this account and region, and whatever others forward here. */
const pattern = {
  source: ['aws.cloudwatch', 'aws.codedeploy', 'aws.cloudformation'],
  detailType: [
    'CloudWatch Alarm State Change',
    'CodeDeploy Deployment State-change Notification',
    'CloudFormation Stack Status Change',
  ],
};

/** Hands the events of the account to a function, which gets each again when it failed, and at last leaves it in a bucket. */
export class AccountEvents extends Construct {
  constructor(scope: Construct, id: string, { taker, undelivered }: AccountEventsProps) {
    super(scope, id);
    const { lambda, role } = taker;
    lambda.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: { bind: () => ({ destination: undelivered.bucketArn }) },
    });
    const allow = (action: string, resource: string) =>
      role.addToPrincipalPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
    allow('s3:ListBucket', undelivered.bucketArn);
    allow('s3:PutObject', undelivered.arnForObjects('*'));
    new Rule(this, 'Rule', {
      description: 'Alarms, deployments and stacks of this account become alerts and changes',
      eventPattern: pattern,
      targets: [new LambdaFunction(lambda, { retryAttempts: 185, maxEventAge: Duration.hours(24) })],
    });
  }
}
