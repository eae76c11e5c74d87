import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { InlineRole } from '../../infra/constructs/inline-role.ts';
import { type Declared, type Made, synthesized, text } from './synthesized.ts';

const Policies = z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() }));
const log = (): PolicyStatement =>
  new PolicyStatement({ actions: ['logs:PutLogEvents'], resources: ['arn:aws:logs:::one'] });

/** What one role in a stack of its own renders to, after something was granted to it. */
function rendered(grants: (role: InlineRole, stack: Stack) => void) {
  const stack = new Stack(new App(), 'Sample');
  const role = new InlineRole(stack, 'Role', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    own: { Logs: new PolicyDocument({ statements: [log()] }) },
  });
  grants(role, stack);
  const template = Template.fromStack(stack);
  const [found] = Object.values(template.findResources('AWS::IAM::Role'));
  template.resourceCountIs('AWS::IAM::Policy', 0);
  return Policies.parse(found?.Properties.Policies);
}

describe('a role with its grants', () => {
  test('has no policy for them while nothing is granted, for IAM refuses an empty one', () => {
    expect(rendered(() => undefined).map(({ PolicyName }) => PolicyName)).toEqual(['Logs']);
  });

  test('holds what is granted later, apart from its own, by statement or by a grant of the CDK', () => {
    const [own, granted, ...others] = rendered((role, stack) => {
      role.addToPrincipalPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:one'] }));
      new Queue(stack, 'Queue').grantSendMessages(role);
    });
    expect(others).toEqual([]);
    expect(own?.PolicyName).toBe('Logs');
    expect(JSON.stringify(own?.PolicyDocument)).not.toContain('s3:');
    expect(granted?.PolicyName).toBe('Grants');
    expect(JSON.stringify(granted?.PolicyDocument)).toMatch(/s3:GetObject.*sqs:SendMessage/);
  });

  test('says that the statement was added, and that what needs it waits for the role', () => {
    rendered((role) => {
      expect(role.addToPrincipalPolicy(log())).toEqual({ statementAdded: true, policyDependable: role });
    });
  });
});

describe('the roles of the stack', () => {
  let made: Made;
  beforeAll(() => {
    made = synthesized({ tracing: true });
  });
  const roles = () => made.ofType('AWS::IAM::Role').filter(({ id }) => !id.startsWith('Custom'));

  test('hold their grants: only the function of the CDK has a policy beside its role', () => {
    expect(made.ofType('AWS::IAM::Policy').map(({ id }) => id)).toEqual([expect.stringMatching(/^Custom/)]);
    for (const { Properties: own } of roles())
      for (const { PolicyDocument } of Policies.parse(own.Policies ?? []))
        expect(PolicyDocument).toMatchObject({ Statement: expect.arrayContaining([expect.anything()]) });
  });

  test('stay below half of the 10,240 characters that IAM allows, so that an update may hold each grant twice', () => {
    const sizes = roles().map((role) => [role.id, characters(role)] as const);
    const [largest] = sizes.toSorted(([, one], [, other]) => other - one);
    expect(largest?.[1]).toBeGreaterThan(1_000);
    expect(largest?.[1]).toBeLessThan(10_240 / 2);
  });
});

/** Characters of the policies of a role, where each name that AWS makes is as long as it can be. */
function characters({ Properties: { Policies: own } }: Declared): number {
  const long = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && isFunction(value)
      ? text(value).replaceAll(/<[^>]*>/g, 'x'.repeat(255))
      : value;
  return Policies.parse(own ?? [])
    .map(({ PolicyDocument }) => JSON.stringify(PolicyDocument, long).length)
    .reduce((sum, one) => sum + one, 0);
}

const isFunction = (value: object): boolean => Object.keys(value).some((key) => /^(Ref|Fn::\w+)$/.test(key));
