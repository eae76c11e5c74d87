import { describe, expect, test } from 'vitest';
import { servicesByRole } from '../../../../infra/local/iam/roles.ts';
import { fakeArn, fakeWorld, made } from '../../../support/fake-world.ts';

const gateway = 'apigateway.amazonaws.com';
const roleArn = 'arn:aws:iam::123456789012:role/R';
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: gateway } };
const leave = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: fakeArn('F') };

interface Said {
  readonly trust?: readonly object[];
  readonly leaves?: readonly object[];
  readonly attached?: readonly object[];
}

const servicesWith = ({ trust: all = [trust], leaves = [leave], attached }: Said) => {
  const role = made(
    'R',
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: { Statement: all },
      Policies: [{ PolicyName: 'P', PolicyDocument: { Statement: leaves } }],
    },
    { attributes: { Arn: roleArn } },
  );
  const policy = made('Q', 'AWS::IAM::Policy', { PolicyDocument: { Statement: attached }, Roles: ['R'] });
  const world = fakeWorld({ resources: attached === undefined ? [role] : [role, policy] });
  return servicesByRole({ ...world, place: (id) => `${id} (infra/stack.ts:7)` });
};
const mayInvoke = (said: Said, by = roleArn, name = 'F') =>
  servicesWith(said)(gateway, by, 'lambda:InvokeFunction', fakeArn(name));

describe('a service that calls by a role', () => {
  test('may do what the role allows, and nothing else', () => {
    expect(mayInvoke({})).toBe(true);
    expect(mayInvoke({}, roleArn, 'F2')).toBe(false);
    expect(mayInvoke({}, roleArn, 'G')).toBe(false);
  });

  test.each<[string, Said, boolean]>([
    ['that allows nothing', { leaves: [] }, false],
    ['that allows another action', { leaves: [{ ...leave, Action: 'lambda:GetFunction' }] }, false],
    ['that allows it by a policy beside it', { leaves: [], attached: [leave] }, true],
    ['that denies it as well', { leaves: [leave, { ...leave, Effect: 'Deny' }] }, false],
    [
      'that another service takes',
      { trust: [{ ...trust, Principal: { Service: 'lambda.amazonaws.com' } }] },
      false,
    ],
    ['that nobody takes', { trust: [] }, false],
    ['that denies to be taken', { trust: [trust, { ...trust, Effect: 'Deny' }] }, false],
  ])('%s', (_, said, expected) => {
    expect(mayInvoke(said)).toBe(expected);
  });

  test('may do nothing by a role that is not of the template, or by the identity of the caller', () => {
    expect(mayInvoke({}, 'arn:aws:iam::123456789012:role/Other')).toBe(false);
    expect(mayInvoke({}, 'arn:aws:iam::*:user/*')).toBe(false);
  });

  test('refuses a condition, for nobody here knows what the service tells of itself', () => {
    const asked = { ...trust, Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } };
    expect(() => mayInvoke({ trust: [asked] })).toThrow('key aws:SourceAccount');
    expect(() => mayInvoke({ trust: [asked] })).toThrow('R (infra/stack.ts:7)');
  });
});
