import { describe, expect, test } from 'vitest';
import { literal, pointer } from '../../../../infra/local/gateway/literal.ts';
import type { Declared, ResourceKind } from '../../../../infra/local/resource.ts';
import { bucketContent } from '../../../../infra/local/resources/bucket-content.ts';
import { distribution } from '../../../../infra/local/resources/distribution.ts';
import { inbox } from '../../../../infra/local/resources/inbox.ts';
import { restApi } from '../../../../infra/local/resources/rest-api.ts';
import { signIn } from '../../../../infra/local/resources/sign-in.ts';
import { socketApi } from '../../../../infra/local/resources/socket-api.ts';

const account = { id: '123456789012', region: 'eu-central-1', suffix: 'amazonaws.com' };
const kinds = [restApi, socketApi, distribution, bucketContent, signIn, inbox].flat();
const properties = {
  StageName: 'live',
  Domain: 'incidents',
  EmailIdentity: 'a@example.com',
  UserPoolId: { Ref: 'Pool' },
};
const declared = (kind: ResourceKind, id: string): Declared => ({ id, type: kind.type, properties });
const of = (type: string) => kinds.find((kind) => kind.type === type) as ResourceKind;

test('each type has one kind', () => {
  expect(new Set(kinds.map(({ type }) => type)).size).toBe(kinds.length);
});

test.each(kinds.map((kind) => [kind.type, kind] as const))(
  '%s has the same identity on every start',
  (_, kind) => {
    const identity = kind.identity(declared(kind, 'Thing'), account);
    expect(identity).toEqual(kind.identity(declared(kind, 'Thing'), account));
    expect(identity.ref).toMatch(/^\S+$/);
  },
);

test('two resources of one type have two ids', () => {
  const kind = of('AWS::ApiGateway::RestApi');
  expect(kind.identity(declared(kind, 'A'), account).ref).not.toBe(
    kind.identity(declared(kind, 'B'), account).ref,
  );
});

describe('AWS addresses become local ones', () => {
  const pairs = (type: string, id = 'Thing') => {
    const kind = of(type);
    return new Map(
      kind.addresses?.(declared(kind, id), account, (door) => ({ Thing: 4001, Pool: 4002 })[door] ?? 0),
    );
  };

  test('of APIs', () => {
    const { ref } = of('AWS::ApiGateway::RestApi').identity(
      declared(of('AWS::ApiGateway::RestApi'), 'Thing'),
      account,
    );
    expect(
      pairs('AWS::ApiGateway::RestApi').get(`https://${ref}.execute-api.eu-central-1.amazonaws.com`),
    ).toBe('http://127.0.0.1:4001');
    expect([...pairs('AWS::ApiGatewayV2::Api').values()]).toEqual([
      'http://127.0.0.1:4001',
      'ws://127.0.0.1:4001',
      '127.0.0.1:4001',
    ]);
  });

  test('of sites and sign-in', () => {
    expect([...pairs('AWS::CloudFront::Distribution').values()]).toEqual([
      'http://127.0.0.1:4001',
      '127.0.0.1:4001',
    ]);
    const { attributes } = of('AWS::Cognito::UserPool').identity(
      declared(of('AWS::Cognito::UserPool'), 'Thing'),
      account,
    );
    expect(pairs('AWS::Cognito::UserPool').get(attributes.ProviderURL ?? '')).toBe('http://127.0.0.1:4001');
    expect(
      pairs('AWS::Cognito::UserPoolDomain').get('https://incidents.auth.eu-central-1.amazoncognito.com'),
    ).toBe('http://127.0.0.1:4002');
  });
});

describe('a property that an identity needs', () => {
  test('is plain text, or joined from text and the account', () => {
    const joined = { 'Fn::Join': ['-', ['incidents', { Ref: 'AWS::AccountId' }, { Ref: 'AWS::Region' }]] };
    expect(literal(joined, account, 'here')).toBe('incidents-123456789012-eu-central-1');
    const unique = { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] };
    expect(literal(unique, account, 'here')).toBe('local');
  });

  test('is refused, with its place, when only a running resource would know it', () => {
    expect(() => literal({ Ref: 'Bucket' }, account, 'Domain of X')).toThrow('Domain of X must be known');
    expect(() => pointer('plain', 'UserPoolId of X')).toThrow(
      'UserPoolId of X must refer to another resource',
    );
    expect(pointer({ 'Fn::GetAtt': ['Pool', 'Arn'] }, 'here')).toBe('Pool');
  });
});
