import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { InlineRole } from './inline-role.ts';

/**
 * The role by which one API calls its functions, and no other: one resource for all of them, where the CDK makes a permission
 * for each (docs/decisions/0023-fewer-resources.md).
 */
export class GatewayCaller extends Construct {
  /** For integrations and authorizers, which get no policy beside it. */
  readonly role: IRole;
  readonly #grants: InlineRole;
  readonly #called = new Set<IFunction>();

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#grants = new InlineRole(this, 'Role', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      own: {},
    });
    this.role = this.#grants.withoutPolicyUpdates();
  }

  /** Lets the API call a function; gives the path of Lambda's own API by which it does. */
  calls(lambda: IFunction): string {
    if (!this.#called.has(lambda)) {
      this.#called.add(lambda);
      const actions = ['lambda:InvokeFunction'];
      this.#grants.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [lambda.functionArn] }));
    }
    return `2015-03-31/functions/${lambda.functionArn}/invocations`;
  }
}
