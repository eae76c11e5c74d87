import { describe, expect, test } from 'vitest';
import { invocationsOf } from '../../../../infra/local/invocations.ts';
import { fakeArn, fakeWorld, made } from '../../../support/fake-world.ts';

const api = 'arn:aws:execute-api:eu-central-1:123456789012:abc/live/GET/a';
const gateway = 'apigateway.amazonaws.com';
const permission = {
  Action: 'lambda:InvokeFunction',
  FunctionName: fakeArn('F'),
  Principal: gateway,
  SourceArn: 'arn:aws:execute-api:eu-central-1:123456789012:abc/live/*/*',
};
const mayInvoke = (more: object) => {
  const one = made('P', 'AWS::Lambda::Permission', { ...permission, ...more });
  const world = fakeWorld({ resources: [one] });
  return invocationsOf({ ...world, place: (id) => `${id} (infra/stack.ts:7)` });
};

describe('a permission to invoke a function', () => {
  test.each([
    ['by its ARN', {}, true],
    ['by its name', { FunctionName: 'F' }, true],
    ['by account and name', { FunctionName: '123456789012:function:F' }, true],
    ['of the account that asks', { SourceAccount: '123456789012' }, true],
    ['of another account', { SourceAccount: '999999999999' }, false],
    ['for another resource', { SourceArn: 'arn:aws:execute-api:eu-central-1:123456789012:xyz/*' }, false],
    ['for whatever', { SourceArn: undefined }, true],
    ['for another service', { Principal: 'events.amazonaws.com' }, false],
    ['of a function whose name ends the same', { FunctionName: 'OtherF' }, false],
  ])('%s', (_, more, expected) => {
    expect(mayInvoke(more)(gateway, fakeArn('F'), api)).toBe(expected);
  });

  test.each([
    [{ PrincipalOrgID: 'o-1' }, 'PrincipalOrgID'],
    [{ FunctionUrlAuthType: 'NONE' }, 'FunctionUrlAuthType'],
    [{ SourceArn: 'arn:aws:execute-api:*' }, 'no ARN of six parts'],
  ])('that says what nobody here evaluates refuses to start, by its place: %o', (more, named) => {
    expect(() => mayInvoke(more)).toThrow(named);
    expect(() => mayInvoke(more)).toThrow('P (infra/stack.ts:7)');
  });
});
