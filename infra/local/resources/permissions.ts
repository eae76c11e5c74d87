import type { Declared, ResourceKind } from '../resource.ts';
import { physicalName } from './identity.ts';

const role: ResourceKind = {
  type: 'AWS::IAM::Role',
  phase: 'secret',
  identity(declared, account) {
    const name = physicalName(declared, 'RoleName');
    return { ref: name, attributes: { Arn: `arn:aws:iam::${account.id}:role/${name}`, RoleId: name } };
  },
};

const managedPolicy: ResourceKind = {
  type: 'AWS::IAM::ManagedPolicy',
  phase: 'secret',
  identity(declared, account) {
    const name = physicalName(declared, 'ManagedPolicyName');
    const arn = `arn:aws:iam::${account.id}:policy/${name}`;
    return { ref: arn, attributes: { PolicyArn: arn } };
  },
};

/** Kinds that only say what is allowed; `iam/roles.ts` and `invocations.ts` read them. */
const plain = (type: string): ResourceKind => ({
  type,
  phase: 'secret',
  identity: ({ id }: Declared) => ({ ref: id, attributes: { Id: id } }),
});

/** What functions may do, and who may invoke them. */
export const permissions: readonly ResourceKind[] = [
  role,
  managedPolicy,
  plain('AWS::IAM::Policy'),
  plain('AWS::Lambda::Permission'),
  // How functions are invoked where nobody waits; `events/asynchronous.ts` reads it.
  plain('AWS::Lambda::EventInvokeConfig'),
];
