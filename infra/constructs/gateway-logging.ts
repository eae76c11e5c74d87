import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct, type IDependable } from 'constructs';
import type { Retention } from './retention.ts';

/** The account-wide role with which API Gateway writes access logs; every stage that logs must come after it. */
export class GatewayLogging extends Construct {
  readonly ready: IDependable;

  constructor(scope: Construct, id: string, { keep }: { readonly keep: Retention }) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs'),
      ],
    });
    const account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    // Other APIs of the account may log by this role too, so it outlives the stack.
    role.applyRemovalPolicy(keep.removal);
    account.applyRemovalPolicy(keep.removal);
    this.ready = account;
  }
}
