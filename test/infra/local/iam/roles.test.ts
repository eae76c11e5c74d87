import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Need } from '../../../../infra/local/iam/need.ts';
import { Role } from '../../../../infra/local/iam/role.ts';
import { rolesOf } from '../../../../infra/local/iam/roles.ts';
import { readStatements } from '../../../../infra/local/iam/statement.ts';
import { needsOf } from '../../../../infra/local/proxy/needs/index.ts';
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
    ['Scan', { TableName: 'Events' }, [`dynamodb:Scan ${arn}`]],
    ['ListTables', {}, ['dynamodb:ListTables *']],
    ['DescribeStream', { StreamArn: `${arn}/stream/1` }, [`dynamodb:DescribeStream ${arn}/stream/1`]],
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

  test('of SQS, S3, Secrets Manager, Parameter Store and SES', () => {
    const QueueUrl = 'http://127.0.0.1:1/123456789012/Alerts';
    const queue = 'arn:aws:sqs:eu-central-1:123456789012:Alerts';
    expect(said(needs('sqs', 'SendMessageBatch', { QueueUrl }))).toEqual([`sqs:SendMessage ${queue}`]);
    expect(said(needs('s3', 'PUT /bucket/a%20b/c', ''))).toEqual(['s3:PutObject arn:aws:s3:::bucket/a b/c']);
    expect(said(needs('s3', 'GET /bucket', ''))).toEqual(['s3:ListBucket arn:aws:s3:::bucket']);
    for (const SecretId of [secret, 'Signing'])
      expect(said(needs('secrets', 'GetSecretValue', { SecretId }))).toEqual([
        `secretsmanager:GetSecretValue ${secret}`,
      ]);
    for (const Name of ['/a/b', 'a/b'])
      expect(said(needs('ssm', 'GetParameter', { Name }))).toEqual([
        'ssm:GetParameter arn:aws:ssm:eu-central-1:123456789012:parameter/a/b',
      ]);
    const [mail] = needs('ses', 'SendEmail', 'Action=SendEmail&Source=Us+%3Cus%40example.com%3E');
    expect(mail?.resource).toBe('arn:aws:ses:eu-central-1:123456789012:identity/us@example.com');
    expect(mail?.value('ses:FromAddress')).toEqual(['us@example.com']);
  });
});

describe('a role', () => {
  const get = (pk: string) => needs('dynamodb', 'GetItem', { TableName: 'Events', Key: key(pk) })[0] as Need;
  const may = (statement: object, need = get('A')) => role(statement).judge(need) === 'allow';
  const leading = (operator: string, ...patterns: readonly string[]) => ({
    Condition: { [operator]: { 'dynamodb:LeadingKeys': patterns } },
  });

  test('allows what a statement names, with wildcards and whatever the case of the action, and nothing else', () => {
    expect(may(allow('dynamodb:getitem', arn))).toBe(true);
    expect(may(allow(['dynamodb:*Item'], 'arn:aws:dynamodb:*:table/Ev?nts'))).toBe(true);
    expect(may(allow('dynamodb:PutItem', arn))).toBe(false);
    expect(may(allow('dynamodb:GetItem', `${arn}/index/*`))).toBe(false);
  });

  test('is denied what any statement denies, in whatever order they stand', () => {
    const statements = [allow('*', '*'), { Effect: 'Deny', Action: 'dynamodb:Get*', Resource: arn }];
    for (const one of [role(...statements), role(...statements.toReversed())]) {
      expect(one.judge(get('A'))).toBe('explicit deny');
      expect(one.allows('dynamodb:GetItem', arn)).toBe(false);
      expect(one.allows('dynamodb:PutItem', arn)).toBe(true);
    }
  });

  test.each([
    ['ForAllValues:StringEquals', 'A', true],
    ['ForAllValues:StringEquals', 'KEY#1', false],
    ['ForAllValues:StringNotEquals', 'A', false],
    ['ForAnyValue:StringNotLike', 'B', true],
    ['ForAnyValue:StringLikeIfExists', 'B', false],
    ['ForAllValues:StringLike', 'KEY#1', true],
    ['ForAllValues:StringLike', 'B', false],
    ['ForAnyValue:StringEquals', 'A', true],
  ])('under %s of the leading keys: %s', (operator, pk, expected) => {
    const condition = leading(operator, 'A', 'KEY#*');
    expect(may(allow('dynamodb:GetItem', arn, condition), get(pk))).toBe(expected);
  });

  test('asks by Null whether a call names keys at all, which "for all values" alone does not', () => {
    const keyless: Need = { ...get('A'), value: () => undefined };
    const keys = leading('ForAllValues:StringLike', 'A').Condition;
    const mayIf = (need: Need, Null?: string) => {
      const Condition = { ...keys, ...(Null !== undefined && { Null: { 'dynamodb:LeadingKeys': Null } }) };
      return may(allow('dynamodb:GetItem', arn, { Condition }), need);
    };
    expect([mayIf(keyless), mayIf(keyless, 'false'), mayIf(keyless, 'true')]).toEqual([true, false, true]);
    expect([mayIf(get('A')), mayIf(get('A'), 'false'), mayIf(get('A'), 'true')]).toEqual([true, true, false]);
    expect(() => mayIf(get('A'), 'maybe')).toThrow('Null takes true or false, got maybe');
  });

  test('is denied by a condition that holds, and by no other', () => {
    const denial = {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      ...leading('ForAnyValue:StringLike', 'KEY#*'),
    };
    const one = role(allow('*', '*'), denial);
    expect([one.judge(get('KEY#1')), one.judge(get('A'))]).toEqual(['explicit deny', 'allow']);
    // What a service does in its name has no such key: "for any value" holds of none, and an operator that denies does.
    expect(one.allows('dynamodb:GetRecords', arn)).toBe(true);
    const from = { Condition: { StringNotEquals: { 'ses:FromAddress': 'us@example.com' } } };
    expect(role(allow('*', '*'), { ...denial, ...from }).allows('dynamodb:GetRecords', arn)).toBe(false);
  });

  test('notes the leave that allowed a call, in the words of the policy, and no other', () => {
    const keyed = allow('dynamodb:Get*', '*', leading('ForAllValues:StringLike', 'B'));
    const one = role(keyed, allow(['dynamodb:*'], arn), allow('dynamodb:GetItem', arn));
    one.judge(get('A'));
    expect([...one.used]).toEqual([`dynamodb:* ${arn}`]);
    one.judge(get('B'));
    expect([...one.used]).toEqual([`dynamodb:* ${arn}`, 'dynamodb:Get* *']);
    expect([...one.granted]).toEqual(expect.arrayContaining([...one.used]));
  });

  test('lets a scan read other partitions, as IAM does, unless Null asks for keys', () => {
    const [scan] = needs('dynamodb', 'Scan', { TableName: 'Events' });
    const keyed = leading('ForAllValues:StringLike', 'A').Condition;
    const Null = { 'dynamodb:LeadingKeys': 'false' };
    expect(may(allow('dynamodb:Scan', arn, { Condition: keyed }), scan)).toBe(true);
    expect(may(allow('dynamodb:Scan', arn, { Condition: { ...keyed, Null } }), scan)).toBe(false);
  });

  test('lets no call name one partition of its own beside one that is not', () => {
    const both = needs('dynamodb', 'BatchGetItem', {
      RequestItems: { Events: { Keys: [key('A'), key('B')] } },
    })[0];
    const one = allow('dynamodb:BatchGetItem', arn, leading('ForAllValues:StringLike', 'A'));
    expect(both && may(one, both)).toBe(false);
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
        const denied = role(...others.toSpliced(place % (others.length + 1), 0, denial as never));
        expect(denied.judge(get('A'))).toBe('explicit deny');
      }),
    );
  });
});

describe('what the local runner does not evaluate refuses to start, by its place', () => {
  const lambda = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'lambda.amazonaws.com' },
  };
  const trust = { Statement: [lambda] };
  const trusting = (...Statement: readonly object[]) => ({ AssumeRolePolicyDocument: { Statement } });
  const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:F';
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
        made('F', 'AWS::Lambda::Function', { Role: roleArn }, { attributes: { Arn: functionArn } }),
      ],
    });
    return rolesOf({ ...world, place: (id) => `${id} (infra/stack.ts:7)` });
  };
  const plain = { Effect: 'Allow', Action: 'a:B', Resource: '*' };

  test.each([
    [{ ...plain, NotAction: 'a:C' }, {}, 'NotAction'],
    [{ ...plain, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, {}, 'operator IpAddress'],
    [{ ...plain, Condition: { StringEquals: { 'aws:SourceVpc': 'v' } } }, {}, 'key aws:SourceVpc'],
    [{ ...plain, Condition: { Bool: { 'ses:FromAddress': 'v' } } }, {}, 'operator Bool'],
    [
      { ...plain, Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'A' } } },
      {},
      'StringEquals needs ForAllValues or ForAnyValue',
    ],
    [{ ...plain, Condition: { ArnLike: { 'ses:FromAddress': 'arn:aws:ses:*' } } }, {}, 'no ARN of six parts'],
    [{ ...plain, Condition: { StringLike: 'A' } }, {}, 'Condition is no object'],
    [{ ...plain, Resource: `arn:aws:s3:::b/$\{aws:username}` }, {}, 'policy variables'],
    [{ ...plain, Effect: 'Perhaps' }, {}, 'Perhaps'],
    [{ ...plain, Resource: { Ref: 'X' } }, {}, 'Resource'],
    [plain, { PermissionsBoundary: 'arn' }, 'PermissionsBoundary'],
    [plain, { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, 'AdministratorAccess'],
    [plain, trusting(), 'lambda.amazonaws.com'],
    [plain, trusting(lambda, { ...lambda, Effect: 'Deny' }), 'lambda.amazonaws.com'],
    [
      plain,
      trusting(if_(lambda, 'StringEquals', 'aws:SourceAccount', '999999999999')),
      'lambda.amazonaws.com',
    ],
    [plain, trusting(if_(lambda, 'ArnLike', 'aws:SourceArn', `${functionArn}2`)), 'lambda.amazonaws.com'],
    [plain, trusting(if_(lambda, 'StringEquals', 'sts:ExternalId', 'x')), 'key sts:ExternalId'],
    [plain, trusting({ ...lambda, Principal: '*' }), 'Principal'],
    [plain, trusting(lambda, { ...lambda, Principal: { AWS: '*' }, Effect: 'Deny' }), 'everybody'],
    [plain, trusting(lambda, { ...lambda, Action: 'sts:Assume*', Effect: 'Deny' }), 'lambda.amazonaws.com'],
    [plain, trusting({ ...lambda, NotAction: 'sts:TagSession' }), 'NotAction'],
  ])('%o %o', (statement, more, named) => {
    expect(() => rolesWith(statement, more)).toThrow(named);
    expect(() => rolesWith(statement, more)).toThrow('R (infra/stack.ts:7)');
  });

  test.each([
    ['aws:SourceAccount', 'StringEquals', '123456789012'],
    ['aws:SourceArn', 'ArnLike', 'arn:aws:lambda:*:123456789012:function:*'],
    ['AWS:sourcearn', 'StringEquals', functionArn],
  ])('a trust policy that asks for %s is met by Lambda', (key, operator, value) => {
    const others = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::1:root' } };
    expect(rolesWith(plain, trusting(others, if_(lambda, operator, key, value))).size).toBe(1);
  });

  test('and one that it does evaluate becomes a role', () => {
    expect(rolesWith(plain).get('F')?.arn).toBe('arn:aws:sts::123456789012:assumed-role/R/F');
  });
});

const if_ = (statement: object, operator: string, key: string, value: string) => ({
  ...statement,
  Condition: { [operator]: { [key]: value } },
});
