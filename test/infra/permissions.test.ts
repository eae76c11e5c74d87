import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { refuseSecrets } from '../../infra/constructs/refuse-secrets.ts';
import { permits } from '../../infra/permits.ts';
import {
  canaryHome,
  type EnvName,
  env,
  everyFunctionNeeds,
  type FunctionName,
  functions,
  queues,
} from '../../shared/wiring/index.ts';
import { type Declared, type Made, references, synthesized, text } from './synthesized.ts';

const many = z.unknown().transform((one) => (Array.isArray(one) ? one : [one]) as unknown[]);
const Statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: many.pipe(z.array(z.string())),
  Resource: many,
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
type Statement = z.infer<typeof Statement>;

let made: Made;
beforeAll(() => {
  made = synthesized();
});

/** Actions for which their services know no resources. */
const withoutResources =
  /^(xray:|ses:(GetSendQuota|GetIdentityVerificationAttributes|VerifyEmailIdentity)$|sns:Publish$)/;
const names = Object.keys(functions) as FunctionName[];
function functionOf(name: FunctionName): Declared {
  const found = made
    .ofType('AWS::Lambda::Function')
    .find(({ Properties: { Handler } }) => Handler === `${name}.handler`);
  if (found === undefined) throw new Error(`No function ${name}`);
  return found;
}

function variablesOf(name: FunctionName): Readonly<Record<string, unknown>> {
  const { Variables } = functionOf(name).Properties.Environment as { Variables: Record<string, unknown> };
  return Variables;
}

/** Everything that the role of a function may do. */
const statementsOf = (name: FunctionName) => allOf(name).filter(({ Effect }) => Effect === 'Allow');
/** Whatever else lets it do it. */
const deniedBy = (name: FunctionName) => allOf(name).filter(({ Effect }) => Effect === 'Deny');

/** What the role of a function says, by inline policy or attached one. */
const allOf = (name: FunctionName): Statement[] => z.array(Statement).parse(made.statementsOf(roleOf(name)));

function roleOf(name: FunctionName): Declared {
  const [role] = references(functionOf(name).Properties.Role);
  const found = made.resources.find(({ id }) => id === role);
  if (found === undefined) throw new Error(`No role of ${name}`);
  return found;
}

/** The condition that a call names partitions, and only such. */
const within = (...keys: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys },
  Null: { 'dynamodb:LeadingKeys': 'false' },
});

const allowed = (name: FunctionName, action: string) =>
  statementsOf(name).filter(({ Action }) => Action.includes(action));

describe('each function', () => {
  test('has a role of its own, which no other service may take', () => {
    const roles = names.map((name) => references(functionOf(name).Properties.Role)[0]);
    expect(new Set(roles).size).toBe(names.length);
    for (const role of roles) {
      const { ManagedPolicyArns, AssumeRolePolicyDocument } =
        made.resources.find(({ id }) => id === role)?.Properties ?? {};
      expect(ManagedPolicyArns).toBeUndefined();
      expect(AssumeRolePolicyDocument).toMatchObject({
        Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }],
      });
    }
  });

  test.each(names)('may name every action in full, and touch only what is its own: %s', (name) => {
    for (const { Action, Resource } of statementsOf(name)) {
      for (const action of Action) expect(action).not.toContain('*');
      for (const resource of Resource.map(text)) {
        if (resource === '*') expect(Action.every((action) => withoutResources.test(action))).toBe(true);
        else if (resource.endsWith('*'))
          expect(resource).toMatch(
            /[/:](stream|identity|@connections|<AWS::StackName>\/(video|channels|clusters|integrations))\/\*$|^<St\w+>(\/\w+)?\/(org_)?\*$/,
          );
        else expect(resource).not.toContain('*');
      }
    }
  });

  test.each(names)('writes to its own log group only: %s', (name) => {
    const logs = allowed(name, 'logs:PutLogEvents');
    expect(logs.map(({ Resource }) => references(Resource))).toEqual([
      references(functionOf(name).Properties.LoggingConfig),
    ]);
  });

  test.each(names)(
    'gets exactly the settings that the wiring names, and may use what they point at: %s',
    (name) => {
      const needs: readonly EnvName[] = functions[name].env;
      expect(Object.keys(variablesOf(name)).sort()).toEqual(
        [...[...everyFunctionNeeds, ...needs].map((need) => env[need]), 'NODE_OPTIONS'].sort(),
      );
      const {
        table,
        send = [],
        secret,
        mail,
        push,
        close,
        video,
        channels,
        clusters,
        ...more
      } = permits[name];
      expect(needs.includes('table'), 'table').toBe(table !== undefined);
      expect(needs.includes('secret'), 'secret').toBe(secret === true);
      expect(needs.includes('mailFrom'), 'mail').toBe(mail === true);
      expect(needs.includes('videoParameters'), 'video').toBe(video === true);
      expect(needs.includes('clusterParameters'), 'clusters').toBe(clusters !== undefined);
      expect(needs.includes('channelParameters'), 'channels').toBe(channels !== undefined);
      expect(needs.includes('integrationParameters'), 'integrations').toBe(more.integrations !== undefined);
      expect(needs.includes('deliveryBucket'), 'deliveries').toBe(more.deliveries !== undefined);
      expect(needs.includes('socketEndpoint'), 'push').toBe(push === true || close === true);
      const named = Object.entries(queues).filter(([, queue]) => needs.includes(queue.env));
      const names = named.map(([queue]) => queue);
      expect(names, 'queues').toEqual(expect.arrayContaining([...send]));
      // A worker knows its own queue, to which it may not send, for retrying sooner.
      const other = named.filter(([, { worker }]) => worker !== functions[name].entry);
      expect([...send], 'queues').toEqual(expect.arrayContaining(other.map(([queue]) => queue)));
    },
  );

  test('[F88] has no variable that looks like a secret', () => {
    for (const name of names) {
      const literal = Object.entries(variablesOf(name)).filter(([, value]) => typeof value === 'string') as [
        string,
        string,
      ][];
      expect(() => refuseSecrets(name, Object.fromEntries(literal))).not.toThrow();
    }
  });
});

describe('the narrow permits', () => {
  test.each(names)(
    'let a function do with items exactly what is declared, and nothing with an index that is not: %s',
    (name) => {
      const table = made.ofType('AWS::DynamoDB::GlobalTable')[0]?.id ?? '';
      const onTable = statementsOf(name).filter(({ Resource }) => references(Resource).includes(table));
      const granted = onTable
        .flatMap(({ Action, Resource }) =>
          Action.flatMap((action) => Resource.map((resource) => `${action} ${text(resource)}`)),
        )
        .filter((one) => !/Stream|GetRecords|ShardIterator/.test(one))
        .map((one) => one.replace(/ .*(\/index\/\w+)$/, '$1').replace(/ .*/, ''));
      const { table: ways = [], also } = permits[name];
      const operations: readonly string[] = [
        ...ways,
        ...[also ?? []].flat().flatMap((more) => more.table ?? []),
      ];
      const named = {
        get: 'GetItem',
        batchGet: 'BatchGetItem',
        query: 'Query',
        put: 'PutItem',
        update: 'UpdateItem',
      };
      const all: Record<string, string> = { ...named, delete: 'DeleteItem', check: 'ConditionCheckItem' };
      const declared = operations.map((one) => `dynamodb:${all[one] ?? `Query/index/${one}`}`);
      expect(granted.sort()).toEqual(declared.sort());
    },
  );

  test('keep the canary to its own organisation, beside making the door of its key', () => {
    const statements = statementsOf('Canary').filter(({ Action }) => Action[0]?.startsWith('dynamodb:'));
    expect(statements.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      [expect.not.arrayContaining(['dynamodb:Scan']), within(`O#${canaryHome.org}#*`)],
      [['dynamodb:PutItem'], within('KEY#*')],
    ]);
  });

  test('keep the function behind the webhooks to doors, what it answers of alerts, one queue, and alerts that the queue did not take', () => {
    const conditions = (name: FunctionName, action: string) =>
      allowed(name, action).map(({ Condition }) => Condition);
    expect(conditions('Receive', 'dynamodb:GetItem')).toEqual([within('KEY#*', 'O#*#A#*', 'O#*#TINY#*')]);
    expect(conditions('Receive', 'dynamodb:PutItem')).toEqual([within('O#*#PARKED#*', 'O#*#TINY#*')]);
    expect(conditions('Receive', 'dynamodb:UpdateItem')).toEqual([within('O#*#SEEN')]);
    expect(conditions('Sweep', 'dynamodb:DeleteItem')).toEqual([within('O#*#PARKED#*')]);
    const [send] = allowed('Receive', 'sqs:SendMessage');
    expect(references(send?.Resource)).toEqual([expect.stringMatching(/^StoresAlertsQueue/)]);
  });

  test.each([
    ['Ticket', ['TICKET#*']],
    ['Connect', ['CONN#*', 'O#*#CONNECTED#*']],
    ['Disconnect', ['CONN#*', 'O#*#CONNECTED#*', 'O#*#R#*#*', 'O#*#I#*']],
    ['Tidy', ['O#*#R#*#*', 'O#*#I#*', 'O#*#SEQ#*', 'O#*#D#*']],
    ['Authorize', ['KEY#*', 'WHO#*']],
    ['Broadcast', ['O#*#R#*', 'O#*#R#*#*', 'O#*#I#*']],
  ] as const)('keep %s to its own kinds of items', (name, keys) => {
    const actions = ['dynamodb:GetItem', 'dynamodb:DeleteItem'];
    for (const statements of actions.map((action) => allowed(name, action))) {
      const found = statements.map(
        ({ Condition }) => Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'],
      );
      if (statements.length > 0) expect(within(...(found.flat() as string[]))).toEqual(within(...keys));
      for (const { Condition } of statements) expect(Condition?.Null).toEqual(within().Null);
    }
  });

  test('let only the sweep ask what is due, and only the APIs of incidents, metrics, post-mortems and runbooks look into the history', () => {
    const asking = (index: string) =>
      names.filter((name) =>
        statementsOf(name).some(({ Resource }) =>
          Resource.map(text).some((arn) => arn.endsWith(`/index/${index}`)),
        ),
      );
    expect(asking('gsi1')).toEqual(['Incidents', 'Metrics', 'Postmortems', 'Runbooks']);
    expect(asking('gsi3')).toEqual(['Runbooks']);
    expect(asking('gsi2')).toEqual(['Sweep']);
  });

  test('let only deliveries and the mailing of subscribers send mail, from our address alone', () => {
    expect(names.filter((name) => allowed(name, 'ses:SendEmail').length > 0)).toEqual(['Deliver', 'Mailing']);
    for (const name of ['Deliver', 'Mailing'] as const)
      expect(allowed(name, 'ses:SendEmail')[0]?.Condition).toEqual({
        StringEquals: { 'ses:FromAddress': 'incidents@example.com' },
      });
  });

  test('let only those who add contacts ask addresses for their confirmation, and they cannot send', () => {
    const asking = names.filter((name) => allowed(name, 'ses:VerifyEmailIdentity').length > 0);
    expect(asking).toEqual(['Identity', 'Configuration']);
    for (const name of asking) expect(allowed(name, 'ses:SendEmail')).toEqual([]);
  });

  test('let only the makers and readers of signed links read the secret, and whose keys and names are derived from it', () => {
    const reading = names.filter((name) => allowed(name, 'secretsmanager:GetSecretValue').length > 0);
    expect(reading).toEqual(['OnCall', 'WarRoom', 'StatusApi', 'Deliver', 'Mailing', 'Canary']);
    // Tests of channels take the way of a page; no other queue is open to what answers the links.
    const sending = allowed('OnCall', 'sqs:SendMessage').flatMap(({ Resource }) => Resource);
    expect(sending.flatMap(references)).toEqual([expect.stringMatching(/^StoresDeliveryQueue/)]);
  });

  test('let only deliveries send text messages, to telephones and to no topic', () => {
    expect(names.filter((name) => allowed(name, 'sns:Publish').length > 0)).toEqual(['Deliver']);
    const denied = deniedBy('Deliver');
    expect(denied.map(({ Action, Resource }) => [Action, Resource.map(text)])).toEqual([
      [['sns:Publish'], ['arn:<AWS::Partition>:sns:*:*:*']],
    ]);
    expect(names.filter((name) => deniedBy(name).length > 0)).toEqual(['Deliver']);
  });

  test('let nobody scan the table, delete it or change it', () => {
    const table = made.ofType('AWS::DynamoDB::GlobalTable')[0]?.id ?? '';
    const used = made
      .ofType('AWS::IAM::Role')
      .flatMap(made.statementsOf)
      .filter(({ Resource }) => references(Resource).includes(table))
      .flatMap(({ Action }) => Action);
    expect(new Set(used)).toEqual(
      new Set(
        [
          ...['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
          'ConditionCheckItem',
          ...['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'],
        ].map((action) => `dynamodb:${action}`),
      ),
    );
  });
});
