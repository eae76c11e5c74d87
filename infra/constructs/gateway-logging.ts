import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, type IDependable } from 'constructs';
import type { Retention } from './retention.ts';

/** Where both APIs log each request, and the account-wide role with which API Gateway does so; every stage must come after it. */
export class GatewayLogging extends Construct {
  readonly ready: IDependable;
  /** Lines of the REST API name a `resource`, those of the socket a `connection` and a `route`. */
  readonly accessLogs: ILogGroup;

  constructor(scope: Construct, id: string, { keep }: { readonly keep: Retention }) {
    super(scope, id);
    this.accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: keep.removal,
    });
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
