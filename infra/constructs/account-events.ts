import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { NodeFunction } from './node-function.ts';

interface AccountEventsProps {
  readonly taker: NodeFunction;
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

/** Hands the events of the account to a function. */
export class AccountEvents extends Construct {
  constructor(scope: Construct, id: string, { taker }: AccountEventsProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'Alarms, deployments and stacks of this account become alerts and changes',
      eventPattern: pattern,
      targets: [new LambdaFunction(taker.lambda, { retryAttempts: 185, maxEventAge: Duration.hours(24) })],
    });
  }
}
