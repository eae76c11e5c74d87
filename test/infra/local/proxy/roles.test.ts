import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Need } from '../../../../infra/local/proxy/need.ts';
import { needsOf } from '../../../../infra/local/proxy/needs/index.ts';
import { Role } from '../../../../infra/local/proxy/role.ts';
import { rolesOf } from '../../../../infra/local/proxy/roles.ts';
import { readStatements } from '../../../../infra/local/proxy/statement.ts';
import { fakeWorld, made } from '../../../support/fake-world.ts';

const account = { id: '123456789012', region: 'eu-central-1' };
const arn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/Events';
const shape = {
  arn,
  partitionKeys: new Map([
    ['', 'pk'],
    ['gsi1', 'gsi1pk'],
  ]),
};
const secret = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:Signing-a1b2c3';
const resources = { shapes: new Map([['Events', shape]]), account, secrets: [secret] };

const needs = (service: Parameters<typeof needsOf>[0], operation: string, body: unknown) =>
  needsOf(service, { operation, body: typeof body === 'string' ? body : JSON.stringify(body) }, resources);
const said = (all: readonly Need[]) =>
  all.map((one) => [one.action, one.resource, ...(one.value('dynamodb:LeadingKeys') ?? [])].join(' '));
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'X' } });
const role = (...Statement: readonly object[]) => new Role('who', readStatements({ Statement }, 'policy'));
const allow = (Action: unknown, Resource: unknown, more = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

describe('the permissions that a call needs', () => {
  test.each([
    ['GetItem', { TableName: 'Events', Key: key('A') }, [`dynamodb:GetItem ${arn} A`]],
    ['PutItem', { TableName: arn, Item: key('A') }, [`dynamodb:PutItem ${arn} A`]],
    [
      'Query',
      {
        TableName: 'Events',
        KeyConditionExpression: '#0 = :0 AND begins_with(sk, :1)',
        ExpressionAttributeNames: { '#0': 'pk' },
        ExpressionAttributeValues: { ':0': { S: 'A' }, ':1': { S: 'sk = 1' } },
      },
      [`dynamodb:Query ${arn} A`],
    ],
    [
      'Query',
      {
        TableName: 'Events',
        IndexName: 'gsi1',
        KeyConditionExpression: ':v = gsi1pk',
        ExpressionAttributeValues: { ':v': { S: 'B' } },
      },
      [`dynamodb:Query ${arn}/index/gsi1 B`],
    ],
    ['Scan', { TableName: 'Events' }, [`dynamodb:Scan ${arn} unknown`]],
    [
      'BatchGetItem',
      { RequestItems: { Events: { Keys: [key('A'), key('B')] } } },
      [`dynamodb:BatchGetItem ${arn} A B`],
    ],
    [
      'BatchWriteItem',
      {
        RequestItems: { Events: [{ PutRequest: { Item: key('A') } }, { DeleteRequest: { Key: key('B') } }] },
      },
      [`dynamodb:BatchWriteItem ${arn} A B`],
    ],
    [
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName: 'Events', Item: key('A') } },
          { Update: { TableName: 'Events', Key: key('B') } },
          { Delete: { TableName: 'Events', Key: key('C') } },
          { ConditionCheck: { TableName: 'Other', Key: key('D') } },
        ],
      },
      [
        `dynamodb:PutItem ${arn} A`,
        `dynamodb:UpdateItem ${arn} B`,
        `dynamodb:DeleteItem ${arn} C`,
        'dynamodb:ConditionCheckItem arn:aws:dynamodb:eu-central-1:123456789012:table/Other unknown',
      ],
    ],
  ])('of DynamoDB: %s', (operation, body, expected) => {
    expect(said(needs('dynamodb', operation, body))).toEqual(expected);
  });

  test('of SQS, S3, Secrets Manager and SES', () => {
    const QueueUrl = 'http://127.0.0.1:1/123456789012/Alerts';
    const queue = 'arn:aws:sqs:eu-central-1:123456789012:Alerts';
    expect(said(needs('sqs', 'SendMessageBatch', { QueueUrl }))).toEqual([`sqs:SendMessage ${queue}`]);
    expect(said(needs('s3', 'PUT /bucket/a%20b/c', ''))).toEqual(['s3:PutObject arn:aws:s3:::bucket/a b/c']);
    expect(said(needs('s3', 'GET /bucket', ''))).toEqual(['s3:ListBucket arn:aws:s3:::bucket']);
    for (const SecretId of [secret, 'Signing'])
      expect(said(needs('secrets', 'GetSecretValue', { SecretId }))).toEqual([
        `secretsmanager:GetSecretValue ${secret}`,
      ]);
    const [mail] = needs('ses', 'SendEmail', 'Action=SendEmail&Source=Us+%3Cus%40example.com%3E');
    expect(mail?.resource).toBe('arn:aws:ses:eu-central-1:123456789012:identity/us@example.com');
    expect(mail?.value('ses:FromAddress')).toEqual(['us@example.com']);
  });
});

describe('a role', () => {
  const get = (pk: string) => needs('dynamodb', 'GetItem', { TableName: 'Events', Key: key(pk) })[0] as Need;
  const leading = (operator: string, ...patterns: readonly string[]) => ({
    Condition: { [operator]: { 'dynamodb:LeadingKeys': patterns } },
  });

  test('allows what a statement names, with wildcards and whatever the case of the action, and nothing else', () => {
    expect(role(allow('dynamodb:getitem', arn)).allows(get('A'))).toBe(true);
    expect(role(allow(['dynamodb:*Item'], 'arn:aws:dynamodb:*:table/Ev?nts')).allows(get('A'))).toBe(true);
    expect(role(allow('dynamodb:PutItem', arn)).allows(get('A'))).toBe(false);
    expect(role(allow('dynamodb:GetItem', `${arn}/index/*`)).allows(get('A'))).toBe(false);
  });

  test('is denied what any statement denies, in whatever order they stand', () => {
    const statements = [allow('*', '*'), { Effect: 'Deny', Action: 'dynamodb:Get*', Resource: arn }];
    expect(role(...statements).allows(get('A'))).toBe(false);
    expect(role(...statements.toReversed()).allows(get('A'))).toBe(false);
  });

  test.each([
    ['StringEquals', 'A', true],
    ['StringEquals', 'B', false],
    ['StringLike', 'KEY#1', true],
    ['StringNotEquals', 'A', false],
    ['StringNotLike', 'B', true],
    ['ForAllValues:StringLike', 'KEY#1', true],
    ['ForAllValues:StringLike', 'B', false],
    ['ForAnyValue:StringEquals', 'A', true],
  ])('under %s of the leading keys: %s', (operator, pk, expected) => {
    const condition = leading(operator, 'A', 'KEY#*');
    expect(role(allow('dynamodb:GetItem', arn, condition)).allows(get(pk))).toBe(expected);
  });

  test('asks by Null whether a call names keys at all, which "for all values" alone does not', () => {
    const keyless: Need = { ...get('A'), value: () => undefined };
    const keys = leading('ForAllValues:StringLike', 'A').Condition;
    const may = (need: Need, Null?: string) => {
      const Condition = { ...keys, ...(Null !== undefined && { Null: { 'dynamodb:LeadingKeys': Null } }) };
      return role(allow('dynamodb:GetItem', arn, { Condition })).allows(need);
    };
    expect([may(keyless), may(keyless, 'false'), may(keyless, 'true')]).toEqual([true, false, true]);
    expect([may(get('A')), may(get('A'), 'false'), may(get('A'), 'true')]).toEqual([true, true, false]);
    expect(() => may(get('A'), 'maybe')).toThrow('Null takes true or false, got maybe');
  });

  test('lets no call name one partition of its own beside one that is not', () => {
    const both = needs('dynamodb', 'BatchGetItem', {
      RequestItems: { Events: { Keys: [key('A'), key('B')] } },
    })[0];
    const one = allow('dynamodb:BatchGetItem', arn, leading('ForAllValues:StringLike', 'A'));
    expect(both && role(one).allows(both)).toBe(false);
  });

  test('property: a denial beats every set of other statements', () => {
    const statement = fc.record({
      Effect: fc.constantFrom('Allow', 'Deny'),
      Action: fc.constantFrom('*', 'dynamodb:*', 'dynamodb:GetItem', 'sqs:*'),
      Resource: fc.constantFrom('*', arn, 'other'),
    });
    fc.assert(
      fc.property(fc.array(statement), fc.nat(), (others, place) => {
        const denial = { Effect: 'Deny', Action: 'dynamodb:GetItem', Resource: arn };
        expect(
          role(...others.toSpliced(place % (others.length + 1), 0, denial as never)).allows(get('A')),
        ).toBe(false);
      }),
    );
  });
});

describe('what the local runner does not evaluate refuses to start, by its place', () => {
  const trust = {
    Statement: [
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    ],
  };
  const rolesWith = (statement: object, more: object = {}) => {
    const roleArn = 'arn:aws:iam::123456789012:role/R';
    const Policies = [{ PolicyName: 'P', PolicyDocument: { Statement: [statement] } }];
    const world = fakeWorld({
      resources: [
        made(
          'R',
          'AWS::IAM::Role',
          { AssumeRolePolicyDocument: trust, Policies, ...more },
          { attributes: { Arn: roleArn } },
        ),
        made('F', 'AWS::Lambda::Function', { Role: roleArn }),
      ],
    });
    return rolesOf({ ...world, place: (id) => `${id} (infra/stack.ts:7)` });
  };
  const plain = { Effect: 'Allow', Action: 'a:B', Resource: '*' };

  test.each([
    [{ ...plain, NotAction: 'a:C' }, {}, 'NotAction'],
    [{ ...plain, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, {}, 'operator IpAddress'],
    [{ ...plain, Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } }, {}, 'key aws:SourceVpc'],
    [{ ...plain, Effect: 'Perhaps' }, {}, 'Perhaps'],
    [{ ...plain, Resource: { Ref: 'X' } }, {}, 'Resource'],
    [plain, { PermissionsBoundary: 'arn' }, 'PermissionsBoundary'],
    [plain, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, 'AdministratorAccess'],
    [plain, { AssumeRolePolicyDocument: { Statement: [] } }, 'lambda.amazonaws.com'],
  ])('%o %o', (statement, more, named) => {
    expect(() => rolesWith(statement, more)).toThrow(named);
    expect(() => rolesWith(statement, more)).toThrow('R (infra/stack.ts:7)');
  });

  test('and one that it does evaluate becomes a role', () => {
    expect(rolesWith(plain).get('F')?.arn).toBe('arn:aws:sts::123456789012:assumed-role/R/F');
  });
});
