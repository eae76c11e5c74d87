import { beforeAll, describe, expect, test } from 'vitest';
import { functions, queues, queueTimes, routes } from '../../shared/wiring/index.ts';
import { references, type Synthesized, synthesize, synthesized } from './synthesized.ts';

let made: Synthesized;
beforeAll(() => {
  made = synthesize({ validate: true });
});

/** Function names by logical id. */
const nameOf = (id: string) => functionsOf().find((declared) => declared.id === id)?.name;
const functionsOf = () =>
  made
    .ofType('AWS::Lambda::Function')
    .filter(({ Properties }) => Properties.Runtime === 'nodejs24.x')
    .map((declared) => ({ ...declared, name: String(declared.Properties.Handler).replace('.handler', '') }));

describe('the stack', () => {
  // It has 359, and 366 as a trial, which adds what empties its buckets: what comes next has to leave out something first.
  test('has fewer than 363 of the 500 resources that a stack may have, few more as a trial, and fits with a third of the paths again', () => {
    expect(made.resources.length).toBeLessThan(363);
    expect(synthesized({ trial: true }).resources.length).toBeLessThan(370);
    const first = /^(\/api)?\/[\w.-]+/;
    const begins = [...new Set(routes.map(({ path }) => first.exec(path)?.[0] ?? path))];
    const again = begins.filter((_, place) => place % 3 === 0);
    const more = routes.flatMap((route) => {
      const begin = first.exec(route.path)?.[0] ?? '';
      return again.includes(begin) ? [{ ...route, path: route.path.replace(begin, `${begin}-two`) }] : [];
    });
    const grown = synthesize({ routes: [...routes, ...more] });
    const methods = (of: typeof made) => of.ofType('AWS::ApiGateway::Method').length;
    expect(methods(grown)).toBeGreaterThan(1.15 * methods(made));
    expect(grown.resources.length).toBeLessThan(500);
  });

  test("passes the CDK's own rules for templates, which are errors here", () => {
    expect(made.stack.node.tryGetContext('@aws-cdk/core:validateAgainstDefaultRules')).toBe(true);
  });

  test('has no cycle: nothing that the API calls refers to a stage or a deployment', () => {
    const late = new Set(
      ['AWS::ApiGateway::Stage', 'AWS::ApiGateway::Deployment', 'AWS::ApiGatewayV2::Stage'].flatMap((type) =>
        made.ofType(type).map(({ id }) => id),
      ),
    );
    expect(late.size).toBe(3);
    const referring = made.resources.filter(({ Properties: own }) =>
      references(own).some((id) => late.has(id)),
    );
    expect(referring.map(({ Type }) => Type)).toEqual(['AWS::ApiGateway::Stage']);
  });

  test('has no cycle anywhere: no role is granted what depends on its function', () => {
    const needs = new Map(
      made.resources.map(({ id, Properties: own, DependsOn = [] }) => [
        id,
        [...references(own), ...DependsOn],
      ]),
    );
    const sound = new Set<string>();
    const visit = (id: string, path: readonly string[]): void => {
      if (sound.has(id)) return;
      expect(path, 'a cycle').not.toContain(id);
      for (const next of needs.get(id) ?? []) visit(next, [...path, id]);
      sound.add(id);
    };
    for (const { id } of made.resources) visit(id, []);
    expect(sound.size).toBeGreaterThanOrEqual(made.resources.length);
  });

  test('gives no resource a fixed name that a second stack would collide with', () => {
    const naming: Record<string, string> = {
      'AWS::Lambda::Function': 'FunctionName',
      'AWS::SQS::Queue': 'QueueName',
      'AWS::DynamoDB::GlobalTable': 'TableName',
      'AWS::S3::Bucket': 'BucketName',
      'AWS::IAM::Role': 'RoleName',
      'AWS::Logs::LogGroup': 'LogGroupName',
      'AWS::SecretsManager::Secret': 'Name',
      'AWS::SNS::Topic': 'TopicName',
      'AWS::CloudWatch::Alarm': 'AlarmName',
      'AWS::Cognito::UserPool': 'UserPoolName',
      'AWS::Events::Rule': 'Name',
    };
    for (const [type, property] of Object.entries(naming)) {
      const declared = made.ofType(type);
      expect(declared.length, type).toBeGreaterThan(0);
      expect(
        declared.filter(({ Properties: own }) => property in own),
        type,
      ).toEqual([]);
    }
  });

  test('makes the names that must be unique beyond a region out of its own id', () => {
    const names = [
      ...made.ofType('AWS::Cognito::UserPoolDomain').map(({ Properties: own }) => own.Domain),
      ...made
        .ofType('AWS::CloudFront::ResponseHeadersPolicy')
        .map(({ Properties: own }) => own.ResponseHeadersPolicyConfig),
      ...made
        .ofType('AWS::CloudFront::OriginAccessControl')
        .map(({ Properties: own }) => own.OriginAccessControlConfig),
    ];
    expect(names).toHaveLength(4);
    for (const name of names) expect(references(name)).toContain('AWS::StackId');
  });
});

describe('every function', () => {
  test('is one of shared/wiring, and the other way round', () => {
    expect(
      functionsOf()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(functions).sort());
  });

  test('runs on Node 24 and ARM for at most 10 seconds (29 where a model may be asked, or signals are played again), with source maps', () => {
    for (const { name, Properties: own } of functionsOf()) {
      expect(own, name).toMatchObject({
        Architectures: ['arm64'],
        Timeout: /^(Postmortems|Configuration)/.test(name) ? 29 : 10,
        MemorySize: /^(Metrics|Configuration)/.test(name) ? 1_769 : 512,
        Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
      });
    }
  });

  test('has a file name without a dot in its handler, for Lambda splits a handler at the first', () => {
    for (const { Properties: own } of functionsOf()) expect(own.Handler).toMatch(/^\w+\.handler$/);
  });

  test('has a log group of its own, kept for three months', () => {
    const groups = functionsOf().map(({ Properties: own }) => references(own.LoggingConfig)[0]);
    expect(new Set(groups).size).toBe(Object.keys(functions).length);
    for (const id of groups) {
      const group = made.resources.find((declared) => declared.id === id);
      expect(group).toMatchObject({ Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 90 } });
    }
  });

  test('is called by at most one service, with one permission', () => {
    const called = made
      .ofType('AWS::Lambda::Permission')
      .map(({ Properties: own }) => references(own.FunctionName)[0]);
    expect(new Set(called).size).toBe(called.length);
  });

  test('may feed its own queue only where that is meant', () => {
    const loops = functionsOf().filter(({ Properties: own }) => own.RecursiveLoop === 'Allow');
    expect(loops.map(({ name }) => name).sort()).toEqual([
      'Deliver',
      'Detect',
      'Escalate',
      'Execute',
      'Mailing',
    ]);
  });
});

describe('every queue', () => {
  const mappings = () =>
    made
      .ofType('AWS::Lambda::EventSourceMapping')
      .filter(({ Properties: own }) => !('StartingPosition' in own))
      .map(({ Properties: own }) => own);

  test('is worked off in batches of ten without waiting for company, message by message; bulk mail in ones', () => {
    expect(mappings()).toHaveLength(Object.keys(queues).length);
    for (const own of mappings()) {
      const isBulk = references(own.FunctionName)[0]?.startsWith('Mailing');
      expect(own).toMatchObject({
        BatchSize: isBulk ? 1 : queueTimes.batch,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      expect(own).not.toHaveProperty('MaximumBatchingWindowInSeconds');
    }
  });

  test('feeds the worker that the wiring names', () => {
    const fed = mappings().map(({ EventSourceArn, FunctionName }) => {
      const queue = made.resources.find(({ id }) => id === references(EventSourceArn)[0]);
      const redrive = queue?.Properties.RedrivePolicy as { maxReceiveCount: number };
      return [nameOf(references(FunctionName)[0] ?? ''), redrive.maxReceiveCount];
    });
    const wired = Object.values(queues).map(({ worker, maxReceives }) => {
      const name = Object.entries(functions).find(([, { entry }]) => entry === worker)?.[0];
      return [name, maxReceives];
    });
    expect(fed).toEqual(wired);
  });

  test('hides a message six times as long as its function may run, and keeps it for 14 days', () => {
    const own = made.ofType('AWS::SQS::Queue');
    const working = own.filter(({ Properties: { RedrivePolicy } }) => RedrivePolicy !== undefined);
    expect(working).toHaveLength(7);
    for (const {
      Properties: { VisibilityTimeout },
    } of working) {
      expect(VisibilityTimeout).toBe(60);
      expect(Number(VisibilityTimeout)).toBeGreaterThanOrEqual(6 * queueTimes.functionTimeout);
    }
    for (const { Properties: all } of own) {
      expect(all).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    }
  });

  test('is ordered where each group is worked off by one at a time, and so is where its failures go', () => {
    const ordered = made.ofType('AWS::SQS::Queue').filter(({ Properties: own }) => own.FifoQueue === true);
    expect(ordered.map(({ id }) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'StoresPublishDeadLetters',
      'StoresPublishQueue',
    ]);
    // Whoever sends names each message, so that the second of two senders is not heard.
    for (const { Properties: own } of ordered) expect(own.ContentBasedDeduplication).toBeUndefined();
  });

  test('takes messages over TLS only, by one policy for all queues', () => {
    const [policy, ...others] = made.ofType('AWS::SQS::QueuePolicy');
    expect(others).toEqual([]);
    expect(references(policy?.Properties.Queues).sort()).toEqual(
      made
        .ofType('AWS::SQS::Queue')
        .map(({ id }) => id)
        .sort(),
    );
    expect(policy?.Properties.PolicyDocument).toMatchObject({
      Statement: [
        {
          ...{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*', Resource: '*' },
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    });
  });
});

describe('the stream of the table', () => {
  const readers = () =>
    made
      .ofType('AWS::Lambda::EventSourceMapping')
      .filter(({ Properties: { StartingPosition } }) => StartingPosition !== undefined)
      .map(({ Properties: own }) => own);

  test('has exactly two readers, each with its filter on the new image', () => {
    const found = readers().map(({ FunctionName, FilterCriteria }) => {
      const { Filters } = FilterCriteria as { Filters: { Pattern: string }[] };
      return [nameOf(references(FunctionName)[0] ?? ''), Filters.map(({ Pattern }) => JSON.parse(Pattern))];
    });
    const image = (other: object) => [{ dynamodb: { NewImage: { kind: { S: ['fact'] }, ...other } } }];
    expect(found).toEqual([
      ['Broadcast', image({ via: { S: ['stream'] } })],
      ['FanOut', image({ react: { S: ['yes'] } })],
    ]);
  });

  test('is read from its beginning, with five retries, bisection and a bucket for what fails', () => {
    for (const own of readers()) {
      expect(own).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        MaximumRetryAttempts: 5,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      });
      const [bucket] = references(own.DestinationConfig);
      expect(made.resources.find(({ id }) => id === bucket)?.Type).toBe('AWS::S3::Bucket');
    }
  });
});

describe('what runs by the clock', () => {
  test('is the sweep and the canary every minute, and the look at status pages every five, none repeated when it fails', () => {
    const rules = made
      .ofType('AWS::Events::Rule')
      .filter(({ Properties: own }) => own.ScheduleExpression !== undefined);
    expect(rules.map(({ Properties: own }) => own.ScheduleExpression)).toEqual([
      'rate(1 minute)',
      'rate(1 minute)',
      'rate(5 minutes)',
    ]);
    const run = rules.map(({ Properties: own }) => nameOf(references(own.Targets)[0] ?? ''));
    expect(run.sort()).toEqual(['Canary', 'Refresh', 'Sweep']);
    const invokes = made
      .ofType('AWS::Lambda::EventInvokeConfig')
      .filter(({ Properties: own }) =>
        ['TakeEvents', 'ReceiveMail'].every((name) => name !== nameOf(references(own.FunctionName)[0] ?? '')),
      );
    expect(invokes).toHaveLength(3);
    for (const { Properties: own } of invokes) expect(own).toMatchObject({ MaximumRetryAttempts: 0 });
  });
});
