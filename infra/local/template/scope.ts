import type { Identity, World } from '../resource.ts';
import type { Assembly } from './assembly.ts';
import { noValue, type Scope } from './intrinsics.ts';

/** What a template may look up: its parameters, the account, and the resources as soon as they have identities. */
export function scopeOf(
  { body, stackName }: Assembly,
  account: World['account'],
  identities: ReadonlyMap<string, Identity>,
): Scope {
  const pseudo = pseudoParameters(stackName, account);
  const declared = (id: string) => {
    if (!(id in body.Resources)) throw new Error(`The template names ${id}, which it does not declare`);
  };
  return {
    ref(name) {
      if (name in pseudo) return pseudo[name];
      const parameter = body.Parameters[name];
      if (parameter !== undefined) return parameter.Default ?? '';
      declared(name);
      return identities.get(name)?.ref ?? name;
    },
    attribute(id, name) {
      declared(id);
      const identity = identities.get(id);
      // A skipped resource has no identity: any name that is its own will do, for nothing looks it up.
      if (identity === undefined) return `arn:aws:local:${account.region}:${account.id}:${id}/${name}`;
      const value = identity.attributes[name];
      if (value !== undefined) return value;
      throw new Error(
        `${id} has no attribute ${name} locally, only ${Object.keys(identity.attributes).join(', ')}`,
      );
    },
    condition: (name) => body.Conditions[name],
    mapping: (name) => body.Mappings[name],
  };
}

/** The same before any resource has an identity: what a resource is called may depend on the stack only. */
export function withoutResources(scope: Scope, { body }: Assembly): Scope {
  const refuse = (id: string): never => {
    throw new Error(`${id} is not known yet`);
  };
  return {
    ...scope,
    attribute: refuse,
    ref: (name) => (name in body.Resources ? refuse(name) : scope.ref(name)),
  };
}

function pseudoParameters(stackName: string, account: World['account']): Readonly<Record<string, unknown>> {
  return {
    'AWS::AccountId': account.id,
    'AWS::Region': account.region,
    'AWS::URLSuffix': account.suffix,
    'AWS::Partition': 'aws',
    'AWS::StackName': stackName,
    'AWS::StackId': `arn:aws:cloudformation:${account.region}:${account.id}:stack/${stackName}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': noValue,
  };
}
