import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { isOwnAlarm } from '../../functions/alerts/own-alarm.ts';
import {
  env,
  faultsMetric,
  logsNamespace,
  metrics,
  metricsNamespace,
  queues,
} from '../../shared/wiring/index.ts';
import { type Declared, references, type Synthesized, synthesize, text } from './synthesized.ts';

const Source = z.looseObject({
  MetricStat: z.object({ Metric: z.object({ MetricName: z.string() }) }).optional(),
});
const AlarmProperties = z.looseObject({
  AlarmDescription: z.string(),
  TreatMissingData: z.string(),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  Period: z.number().optional(),
  MetricName: z.string().optional(),
  Namespace: z.unknown().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  Metrics: z.array(Source).default([]),
});

let made: Synthesized;
beforeAll(() => {
  made = synthesize({ context: { alarmEmail: 'operations@crowd.example.com' } });
});

const alarms = () =>
  made.ofType('AWS::CloudWatch::Alarm').map((one) => AlarmProperties.parse(one.Properties));
const ofFunctions = () =>
  made.ofType('AWS::Lambda::Function').filter(({ Properties: { Runtime } }) => Runtime === 'nodejs24.x');
const named = (name: string) => {
  const found = made
    .ofType('AWS::CloudWatch::Alarm')
    .find(({ id }) => id.replace(/[0-9A-F]{8}$/, '') === `Alarms${name}`);
  return AlarmProperties.parse(found?.Properties);
};

/** The metrics that an alarm looks at, of which each is billed. */
const lookedAt = ({ MetricName, Metrics }: z.infer<typeof AlarmProperties>) =>
  MetricName === undefined
    ? Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric.MetricName ?? [])
    : [MetricName];

describe('[C13] the alarms', () => {
  test('are known as our own by the names that CloudFormation gives them, so that none wakes this system', () => {
    const alarmIds = made.ofType('AWS::CloudWatch::Alarm').map(({ id }) => id);
    expect(alarmIds.length).toBeGreaterThan(10);
    for (const id of alarmIds)
      for (const end of ['ABCDEFGHIJKL', 'a1B2c3D4e5F6', '1ABCDEFGHIJKL'])
        expect(isOwnAlarm(`Incidents-${id}-${end}`, 'Incidents'), id).toBe(true);
  });

  test('about what must happen every minute take silence as the fault, and no other does', () => {
    const silent = alarms().filter(({ TreatMissingData }) => TreatMissingData === 'breaching');
    expect(silent.map(({ MetricName }) => MetricName)).toEqual(Object.keys(metrics));
    for (const own of silent) {
      expect(own).toMatchObject({
        Namespace: metricsNamespace,
        Dimensions: [{ Name: 'service', Value: { Ref: 'AWS::StackName' } }],
        Statistic: 'SampleCount',
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        Period: 60,
        // [F94] Two minutes in which nothing arrived.
        EvaluationPeriods: 2,
      });
    }
    const others = alarms().filter(({ MetricName }) => !Object.hasOwn(metrics, MetricName ?? ''));
    for (const own of others) expect(own.TreatMissingData).toBe('notBreaching');
  });

  test('tell of each queue when its oldest message is late and when messages failed for good', () => {
    for (const name of Object.keys(queues)) {
      expect(lookedAt(named(`${name}DeadLetters`))).toEqual(['ApproximateNumberOfMessagesVisible']);
      expect(named(`${name}DeadLetters`).Threshold).toBe(0);
      expect(lookedAt(named(`${name}Age`))).toContain('ApproximateAgeOfOldestMessage');
    }
  });

  test('do not take a message that is meant to wait for one that is late', () => {
    const thresholds = Object.keys(queues).map((name) => [name, named(`${name}Age`).Threshold]);
    expect(Object.fromEntries(thresholds)).toEqual({
      ...{ alerts: 1_020, escalation: 1_020, delivery: 180, room: 1_020, publish: 120, mailing: 1_020 },
      runbooks: 1_020,
    });
    expect(
      Object.entries(queues).flatMap(([name, { longestDelay }]) => (longestDelay > 0 ? [name] : [])),
    ).toEqual(['alerts', 'escalation', 'delivery', 'room', 'runbooks', 'mailing']);
  });

  test('tell of steps that are late by what the sweep finds due, in the words of its log', () => {
    expect(named('StepsOverdue')).toMatchObject({ Threshold: 1, Period: 300, Statistic: 'Sum' });
    const filters = made.ofType('AWS::Logs::MetricFilter').map(({ Properties: own }) => own);
    const [filter, ...others] = filters.filter(({ FilterPattern }) => /overdue/.test(String(FilterPattern)));
    expect(others).toEqual([]);
    expect(filter?.FilterPattern).toBe('{ $.message = "sweep finished" && $.overdue > 0 }');
    expect(references(filter?.LogGroupName)).toEqual([expect.stringMatching(/^Sweep/)]);
    const source = readFileSync(
      join(import.meta.dirname, '../../functions/incidents/sweep.schedule.ts'),
      'utf8',
    );
    expect(source).toContain("log.info('sweep finished', { ...steps,");
    expect(source).toMatch(/return \{[^}]*\boverdue\b[^}]*\};/);
  });

  test('tell of stream readers that are behind, of records that they gave up, of faults, crashes, throttles and 5xx', () => {
    const expected = {
      BroadcastAge: 'IteratorAge',
      FanOutAge: 'IteratorAge',
      RecordsGivenUp: 'NumberOfObjects',
      StepsOverdue: 'StepsOverdue',
      FaultsLogged: 'Faults',
      FunctionErrors: 'Errors',
      FunctionThrottles: 'Throttles',
      ApiErrors: '5XXError',
      RequestsTurnedAway: 'RequestsTurnedAway',
      MailBounces: 'Reputation.BounceRate',
      MailComplaints: 'Reputation.ComplaintRate',
    };
    for (const [name, metric] of Object.entries(expected))
      expect(lookedAt(named(name)), name).toEqual([metric]);
    expect(alarms()).toHaveLength(2 * Object.keys(queues).length + 2 + Object.keys(expected).length);
  });

  test('look for faults where their lines count them: every function knows the name of its system', () => {
    const { MetricName, Namespace, Dimensions } = named('FaultsLogged');
    expect({ MetricName, Dimensions }).toEqual({ MetricName: faultsMetric, Dimensions: [] });
    expect(text(Namespace)).toBe(logsNamespace('<AWS::StackName>'));
    for (const { Properties: own } of ofFunctions())
      expect(own.Environment).toMatchObject({ Variables: { [env.systemName]: { Ref: 'AWS::StackName' } } });
    // A log in Lambda's own JSON would wrap each line, and the metric would be inside a text.
    for (const { Properties: own } of ofFunctions())
      expect(own.LoggingConfig).not.toHaveProperty('LogFormat');
  });

  test('count lines from outside only where the line cannot count itself: late steps, and requests turned away', () => {
    const filters = made.ofType('AWS::Logs::MetricFilter').map(({ Properties: own }) => own);
    const groups = (pattern: RegExp) =>
      filters
        .filter(({ FilterPattern }) => pattern.test(String(FilterPattern)))
        .flatMap(({ LogGroupName }) => references(LogGroupName));
    expect(groups(/"429"/)).toEqual([expect.stringMatching(/^GatewayLoggingAccessLogs/)]);
    expect(groups(/overdue/)).toEqual([expect.stringMatching(/^SweepLogs/)]);
    expect(filters).toHaveLength(2);
  });

  test('cost $2.70 a month at ten cents for each metric that they look at', () => {
    expect(alarms().flatMap(lookedAt)).toHaveLength(27);
  });

  test('go by mail to whom the setting names, past our own pipeline, also when they are over', () => {
    const topics = made.ofType('AWS::SNS::Topic').map(({ id }) => id);
    expect(topics).toHaveLength(1);
    for (const { Properties: own } of made.ofType('AWS::CloudWatch::Alarm')) {
      expect(references(own.AlarmActions)).toEqual(topics);
      expect(references(own.OKActions)).toEqual(topics);
    }
    expect(subscriptionOf(made)).toMatchObject({
      Protocol: 'email',
      Endpoint: 'operations@crowd.example.com',
    });
    expect(JSON.stringify(made.ofType('AWS::SNS::TopicPolicy')[0]?.Properties)).toContain(
      'cloudwatch.amazonaws.com',
    );
  });
});

const subscriptionOf = (stack: Synthesized): Declared['Properties'] | undefined =>
  stack.ofType('AWS::SNS::Subscription')[0]?.Properties;

describe('the budget', () => {
  test('warns the same address at 80 % and when it will not do', () => {
    const budget = made.ofType('AWS::Budgets::Budget')[0]?.Properties;
    const subscriber = { SubscriptionType: 'EMAIL', Address: 'operations@crowd.example.com' };
    expect(budget).toMatchObject({
      Budget: { BudgetLimit: { Amount: 30, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
      NotificationsWithSubscribers: [
        { Notification: { NotificationType: 'ACTUAL', Threshold: 80 }, Subscribers: [subscriber] },
        { Notification: { NotificationType: 'FORECASTED', Threshold: 100 }, Subscribers: [subscriber] },
      ],
    });
  });
});

describe('what the settings change', () => {
  test('the budget, and whether X-Ray gets samples; whom nobody names, the administrator is', () => {
    const context = { monthlyBudget: 7, tracing: 'true', alarmEmail: undefined };
    const other = synthesize({ context });
    expect(other.ofType('AWS::Budgets::Budget')[0]?.Properties).toMatchObject({
      Budget: { BudgetLimit: { Amount: 7 } },
    });
    expect(subscriptionOf(other)).toMatchObject({ Endpoint: 'admin@example.com' });
    const traced = (stack: Synthesized) =>
      stack
        .ofType('AWS::Lambda::Function')
        .map(({ Properties: own }) => own)
        .filter(({ Runtime }) => Runtime === 'nodejs24.x')
        .map(({ TracingConfig }) => JSON.stringify(TracingConfig));
    expect(new Set(traced(other))).toEqual(new Set(['{"Mode":"Active"}']));
    expect(new Set(traced(made))).toEqual(new Set(['{"Mode":"PassThrough"}']));
    expect(JSON.stringify(other.ofType('AWS::IAM::Role'))).toContain('xray:');
    expect(JSON.stringify(made.ofType('AWS::IAM::Role'))).not.toContain('xray:');
  });
});

describe('the dashboard', () => {
  const widgets = () => JSON.stringify(made.ofType('AWS::CloudWatch::Dashboard')[0]?.Properties);

  test('shows what an operator looks for first', () => {
    for (const title of [
      'Alerts accepted',
      'Alerts refused',
      'Incidents opened',
      'Pages',
      'Seconds until the canary is an incident',
      'Milliseconds that a sweep takes',
      'Age of the oldest message',
      'Dead letters',
      'Errors of functions',
      'Throttled invocations',
      'Units of the table',
    ])
      expect(widgets()).toContain(title);
  });

  test('asks the logs only for words that the functions write', () => {
    for (const word of ['received', 'page', 'incident.opened'])
      expect(widgets()).toContain(`\\\\\\"${word}\\\\\\"`);
  });
});

describe('settings that are wrong', () => {
  test('are refused together, each with what was got and what is allowed', () => {
    const wrong = { monthlyBudget: 0, tracing: 'perhaps', restoredTable: 'mine' };
    const refused = () => synthesize({ context: wrong });
    expect(refused).toThrow('monthlyBudget: got 0, allowed is a whole number of US dollars');
    expect(refused).toThrow('tracing: got "perhaps", allowed is true or false');
    expect(refused).toThrow(
      'restoredTable: got "mine", allowed is the ARN of the stream of a restored table',
    );
  });
});
