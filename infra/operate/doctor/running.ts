import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { type MetricName, metricsNamespace } from '../../../shared/wiring/index.ts';
import { articleOf } from '../../article.ts';
import { isPausedNow } from '../pause.ts';
import type { Target } from '../target.ts';
import { type Finding, found, missing, ok, warn } from './finding.ts';

/** Whether somebody hears the alarms. */
export const subscriptions = (target: Target): Promise<readonly Finding[]> =>
  found('Who hears the alarms', 'sns:ListSubscriptionsByTopic', async () => {
    const client = new SNSClient(target.clientConfig('sns'));
    try {
      const topics = target.resources('AWS::SNS::Topic');
      const lists = await Promise.all(
        topics.map(({ physical: TopicArn }) =>
          client.send(new ListSubscriptionsByTopicCommand({ TopicArn })),
        ),
      );
      const all = lists.flatMap(({ Subscriptions = [] }) => Subscriptions);
      if (all.length === 0)
        return [missing('Nobody hears the alarms', 'Set alarmEmail and run npx cdk deploy.')];
      return all.map(({ Endpoint = '?', SubscriptionArn = '' }) =>
        SubscriptionArn.startsWith('arn:')
          ? ok(`${Endpoint} hears the alarms`)
          : missing(
              `${Endpoint} has not confirmed that it wants the alarms`,
              'Open the link in the mail "AWS Notification - Subscription Confirmation"; it is good for three days, then console, Amazon SNS, Subscriptions, Request confirmation.',
            ),
      );
    } finally {
      client.destroy();
    }
  });

/** Whether somebody paused the system and forgot it; `again` names the system in a command. */
export const paused = (target: Target, again: string): Promise<readonly Finding[]> =>
  found('Whether the system is paused', 'lambda:GetFunctionConcurrency', async () => {
    if (!(await isPausedNow(target))) return [];
    return [
      missing(
        'The system is paused: alerts are taken and wait, and nobody is paged',
        `When what it was paused for is done: npm run pause -- off${again}`,
      ),
    ];
  });

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** The system emits one of each every minute. */
const LATELY = 15 * MINUTE;
const LONG = 60 * DAY;

const liveness: Readonly<Record<MetricName, { readonly what: string; readonly alarm: string }>> = {
  SweepFinished: { what: 'The sweep, which drives overdue steps,', alarm: 'SweepSilent' },
  CanaryBecameIncident: {
    what: 'The canary, an alert of the system’s own that must become an incident,',
    alarm: 'CanarySilent',
  },
};

/** Whether the system is alive by its own metrics, and whether anybody ever signed in. */
export const signsOfLife = (target: Target, now: number): Promise<readonly Finding[]> =>
  found('Signs of life', 'cloudwatch:GetMetricData', async () => {
    const client = new CloudWatchClient(target.clientConfig('cloudwatch'));
    try {
      const names = Object.keys(liveness) as MetricName[];
      const lately = await total(
        client,
        now - LATELY,
        now,
        names.map((name) => emitted(name, target.name)),
      );
      const signIns = signInQuery(target);
      const signed = signIns && (await total(client, now - LONG, now, [signIns]));
      return [
        ...names.map((name) => alive(name, lately.get(idOf(name)) ?? 0)),
        ...(signed ? [signedIn(signed.get('signIns') ?? 0)] : []),
      ];
    } finally {
      client.destroy();
    }
  });

const idOf = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

function alive(name: MetricName, count: number): Finding {
  const { what, alarm } = liveness[name];
  if (count > 0) return ok(`${what} is alive: ${count} times in the last 15 minutes`);
  return missing(
    `${what} did not show itself in the last 15 minutes`,
    `Wait a quarter of an hour after the first deploy; then read ${articleOf(alarm)}.`,
  );
}

function signedIn(count: number): Finding {
  if (count > 0) return ok('Somebody signed in during the last 60 days');
  return warn(
    'Nobody has signed in during the last 60 days',
    'The administrator opens the console (output ConsoleOutput) with the password in the invitation, which is good for seven days: the first sign-in makes the organisation. For another invitation: aws cognito-idp admin-create-user --message-action RESEND --user-pool-id <id> --username <address>',
  );
}

const emitted = (MetricName: MetricName, stack: string): MetricDataQuery => ({
  Id: idOf(MetricName),
  MetricStat: {
    Metric: {
      Namespace: metricsNamespace,
      MetricName,
      Dimensions: [{ Name: 'service', Value: stack }],
    },
    Period: 60,
    Stat: 'SampleCount',
  },
});

function signInQuery(target: Target): MetricDataQuery | undefined {
  const [pool] = target.resources('AWS::Cognito::UserPool');
  const [client] = target.resources('AWS::Cognito::UserPoolClient');
  if (pool === undefined || client === undefined) return undefined;
  const Dimensions = [
    { Name: 'UserPool', Value: pool.physical },
    { Name: 'UserPoolClient', Value: client.physical },
  ];
  const Metric = { Namespace: 'AWS/Cognito', MetricName: 'SignInSuccesses', Dimensions };
  return { Id: 'signIns', MetricStat: { Metric, Period: 86_400, Stat: 'Sum' } };
}

async function total(
  client: CloudWatchClient,
  from: number,
  to: number,
  MetricDataQueries: MetricDataQuery[],
): Promise<ReadonlyMap<string, number>> {
  const command = new GetMetricDataCommand({
    StartTime: new Date(from),
    EndTime: new Date(to),
    MetricDataQueries,
  });
  const { MetricDataResults = [] } = await client.send(command);
  return new Map(
    MetricDataResults.map(({ Id = '', Values = [] }) => [Id, Values.reduce((sum, value) => sum + value, 0)]),
  );
}
