import { S3OriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BucketDeployment, type BucketDeploymentProps } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { InlineRole } from './inline-role.ts';
import type { Retention } from './retention.ts';
import { stackUuid } from './stack-uuid.ts';

/**
 * What all sites share: the way in which their CDNs sign for their buckets, and the CDK's one function that copies pages into
 * these, with one role and one log (docs/decisions/0023-fewer-resources.md).
 */
export class SiteCopier extends Construct {
  readonly access: S3OriginAccessControl;
  readonly #logGroup: LogGroup;
  readonly #role: InlineRole;
  #hasTools = false;

  constructor(scope: Construct, id: string, { keep }: { readonly keep: Retention }) {
    super(scope, id);
    this.access = new S3OriginAccessControl(this, 'Access', {
      originAccessControlName: `${id}-${stackUuid}`,
    });
    this.#logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: keep.removal,
    });
    const logs = new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [this.#logGroup.logGroupArn],
    });
    this.#role = new InlineRole(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      own: { Logs: new PolicyDocument({ statements: [logs] }) },
    });
  }

  /** Copies files into a bucket while the stack is deployed. */
  copy(scope: Construct, id: string, props: BucketDeploymentProps): BucketDeployment {
    const made = new BucketDeployment(scope, id, { ...props, role: this.#role, logGroup: this.#logGroup });
    // The CDK makes the layer with the tools for each copy, and its function takes that of the first.
    if (this.#hasTools) made.node.tryRemoveChild('AwsCliLayer');
    this.#hasTools = true;
    return made;
  }
}
