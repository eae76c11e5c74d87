import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/**
 * The path in Parameter Store under which functions keep secrets of vendors, which people give at run time. CloudFormation cannot
 * make such parameters and does not know them, so a deleted stack leaves them.
 */
export class VendorParameters extends Construct {
  /** `/incident-management/<stack>/<of>`: a name that began with that of the stack might begin with `aws` or `ssm`, which AWS refuses. */
  readonly path: string;

  constructor(scope: Construct, id: string, { of }: { readonly of: string }) {
    super(scope, id);
    this.path = `/incident-management/${Aws.STACK_NAME}/${of}`;
  }

  /**
   * What a function needs to keep and read secrets under this path. They are encrypted under the key that AWS manages for
   * Parameter Store, whose own policy lets everybody in the account use it by way of Parameter Store: no action of KMS is needed.
   */
  statement(): PolicyStatement {
    return this.#allow('ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter');
  }

  /** What a function needs that keeps and removes secrets, and never reads one. */
  keepStatement(): PolicyStatement {
    return this.#allow('ssm:PutParameter', 'ssm:DeleteParameter');
  }

  /** What a function needs that only reads secrets. */
  readStatement(): PolicyStatement {
    return this.#allow('ssm:GetParameter');
  }

  #allow(...actions: string[]): PolicyStatement {
    const { path } = this;
    return new PolicyStatement({
      actions,
      resources: [
        Stack.of(this).formatArn({
          service: 'ssm',
          resource: 'parameter',
          resourceName: `${path.slice(1)}/*`,
        }),
      ],
    });
  }
}
