import { Lazy } from 'aws-cdk-lib';
import {
  type AddToPrincipalPolicyResult,
  type CfnRole,
  type IPrincipal,
  PolicyDocument,
  type PolicyStatement,
  Role,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

interface InlineRoleProps {
  readonly assumedBy: IPrincipal;
  /** What the role has of itself, by a name of its own, apart from what is granted to it. */
  readonly own: Readonly<Record<string, PolicyDocument>>;
}

/**
 * A role that holds its grants itself, where the CDK makes a policy beside it: a resource less for each of them, and the role is
 * complete before anything uses it. What is granted must not depend on who has the role.
 */
export class InlineRole extends Role {
  readonly #grants = new PolicyDocument();

  constructor(scope: Construct, id: string, { assumedBy, own }: InlineRoleProps) {
    super(scope, id, { assumedBy });
    // IAM refuses a policy without statements, and which grants there are is known at the end.
    const all = () => Object.entries({ ...own, ...(!this.#grants.isEmpty && { Grants: this.#grants }) });
    (this.node.defaultChild as CfnRole).policies = Lazy.any({
      produce: () => all().map(([policyName, policyDocument]) => ({ policyName, policyDocument })),
    });
  }

  override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.#grants.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}
