import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { NodeFunction } from './node-function.ts';

/** Lets a function that nobody waits for get each event again when it failed, and leave it in the bucket, whole, at last. */
export function keepGivenUp({ lambda, role }: NodeFunction, undelivered: IBucket): void {
  lambda.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    onFailure: { bind: () => ({ destination: undelivered.bucketArn }) },
  });
  const allow = (action: string, resource: string) =>
    role.addToPrincipalPolicy(new PolicyStatement({ actions: [action], resources: [resource] }));
  allow('s3:ListBucket', undelivered.bucketArn);
  allow('s3:PutObject', undelivered.arnForObjects('*'));
}
