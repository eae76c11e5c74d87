import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * What a function needs to send text messages to telephones. SNS knows no resource for a number, so all is allowed and every topic
 * denied: topics have ARNs, numbers none.
 */
export function textStatements(scope: Construct): readonly PolicyStatement[] {
  const actions = ['sns:Publish'];
  const topics = Stack.of(scope).formatArn({ service: 'sns', region: '*', account: '*', resource: '*' });
  return [
    new PolicyStatement({ actions, resources: ['*'] }),
    new PolicyStatement({ effect: Effect.DENY, actions, resources: [topics] }),
  ];
}
