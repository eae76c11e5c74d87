import * as z from 'zod';
import type { Resource, World } from '../resource.ts';
import { managedPolicies } from './managed-policies.ts';
import { plainNeed } from './need.ts';
import { Role } from './role.ts';
import { readStatements, type Statement, verdictOn } from './statement.ts';
import { letsLambda, letsService } from './trust.ts';

/** What of a resolved template roles are read from. */
export type Declarations = Pick<World, 'all' | 'account' | 'place'>;

const RoleProperties = z.strictObject({
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z
    .array(z.looseObject({ PolicyName: z.string(), PolicyDocument: z.unknown().optional() }))
    .default([]),
  // What says nothing about permissions.
  Description: z.unknown().optional(),
  Tags: z.unknown().optional(),
  Path: z.unknown().optional(),
  RoleName: z.unknown().optional(),
  MaxSessionDuration: z.unknown().optional(),
});

const PolicyProperties = z.looseObject({
  PolicyDocument: z.unknown().optional(),
  Roles: z.array(z.string()).default([]),
});

/**
 * The role of each function that runs, by the function's logical id. Throws, naming the policy and its place, on a part of a
 * policy that the local runner does not evaluate: a permission must not be guessed.
 */
export function rolesOf(world: Declarations): ReadonlyMap<string, Role> {
  const roles = new Map(
    world
      .all<Record<string, unknown>>('AWS::IAM::Role')
      .map((role) => [role.identity.attributes.Arn ?? '', role] as const),
  );
  return new Map(
    world.all<{ Role?: string }>('AWS::Lambda::Function').map((one) => {
      const role = roles.get(one.properties.Role ?? '');
      if (role === undefined) throw new Error(`${world.place(one.id)}: its Role is none of this template`);
      const arn = `arn:aws:sts::${world.account.id}:assumed-role/${role.identity.ref}/${one.identity.ref}`;
      const statements = statementsOf(trusted(role, one.identity.attributes.Arn ?? '', world), world);
      return [one.id, new Role(arn, statements)] as const;
    }),
  );
}

/** Whether a service (`apigateway.amazonaws.com`) may take a role, by its ARN, and the role then allows this. */
export type MayByRole = (principal: string, roleArn: string, action: string, resource: string) => boolean;

/** The roles that services other than Lambda take. A role that is not of this template allows nothing. */
export function servicesByRole(world: Declarations): MayByRole {
  return (principal, roleArn, action, resource) => {
    const role = world
      .all<Record<string, unknown>>('AWS::IAM::Role')
      .find(({ identity }) => identity.attributes.Arn === roleArn);
    if (role === undefined) return false;
    const { AssumeRolePolicyDocument } = role.properties;
    if (!letsService(AssumeRolePolicyDocument, world.place(role.id), principal)) return false;
    return verdictOn(statementsOf(role, world), plainNeed(action, resource)) === 'allow';
  };
}

function trusted(role: Resource, functionArn: string, world: Declarations): Resource {
  const place = world.place(role.id);
  const { AssumeRolePolicyDocument } = parsed(RoleProperties, role, place);
  if (!letsLambda(AssumeRolePolicyDocument, place, functionArn, world.account.id))
    throw new Error(`${place}: it does not let lambda.amazonaws.com take it for ${functionArn}`);
  return role;
}

function statementsOf(role: Resource, world: Declarations): readonly Statement[] {
  const place = world.place(role.id);
  const { ManagedPolicyArns, Policies } = parsed(RoleProperties, role, place);
  const inline = Policies.flatMap((policy) =>
    readStatements(policy.PolicyDocument, `${place}, policy ${policy.PolicyName}`),
  );
  const attached = [
    ...world.all<Record<string, unknown>>('AWS::IAM::Policy'),
    ...world.all<Record<string, unknown>>('AWS::IAM::ManagedPolicy'),
  ].flatMap((one) => {
    const { PolicyDocument, Roles } = parsed(PolicyProperties, one, world.place(one.id));
    const isOurs = Roles.includes(role.identity.ref) || ManagedPolicyArns.includes(one.identity.ref);
    return isOurs ? readStatements(PolicyDocument, world.place(one.id)) : [];
  });
  const own = new Set(
    world.all<Record<string, unknown>>('AWS::IAM::ManagedPolicy').map(({ identity }) => identity.ref),
  );
  const managed = ManagedPolicyArns.filter((arn) => !own.has(arn)).flatMap((arn) => {
    const document = managedPolicies[arn];
    if (document === undefined)
      throw new Error(`${place}: the local runner does not know the managed policy ${arn}`);
    return readStatements(document, arn);
  });
  return [...inline, ...attached, ...managed];
}

function parsed<Properties>(
  schema: z.ZodType<Properties>,
  { properties }: Resource,
  place: string,
): Properties {
  const found = schema.safeParse(properties);
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new Error(`${place}: the local runner cannot read it: ${issue?.path.join('.')} ${issue?.message}`);
}
