import { type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { MetricFromLogs } from './metric-from-logs.ts';
import { day, faultsLogged, fiveMinutes, hour, minute, own, regional, storedObjects } from './metrics.ts';
import type { NodeFunction } from './node-function.ts';
import type { QueueWorker } from './queue-worker.ts';
import type { RestApi } from './rest-api.ts';

/** What the alarms look at. */
export interface Watched {
  readonly queues: Readonly<Record<string, QueueWorker>>;
  readonly readers: Readonly<Record<string, NodeFunction>>;
  readonly functions: Readonly<Record<string, NodeFunction>>;
  readonly rest: RestApi;
  /** Records that a stream reader gave up. */
  readonly undelivered: IBucket;
}

/** One alarm: it goes off when the metric is `above` this, or for liveness when it is not `atLeast` this. */
export type AlarmRow = {
  readonly id: string;
  readonly metric: IMetric;
  /** In periods of the metric, one after another. */
  readonly periods: number;
  /** The first sentence of its description; the second names its article in docs/operating.md. */
  readonly says: string;
} & ({ readonly above: number } | { readonly atLeast: number });

/** All alarms of the system. Each metric that an alarm looks at costs $0.10 a month, also inside an expression. */
export function watchedBy(scope: Construct, watched: Watched): readonly AlarmRow[] {
  return [
    ...Object.entries(watched.queues).flatMap(([name, worker]) => ofQueue(name, worker)),
    ...Object.entries(watched.readers).map(([name, reader]) => ofReader(name, reader)),
    ...ofStream(watched.undelivered),
    ...liveness(),
    ...ofSteps(scope, watched.functions),
    ...ofFunctions(),
    ...ofApi(scope, watched.rest),
    ...ofMail(),
  ];
}

function ofQueue(name: string, { queue, deadLetters, longestDelay }: QueueWorker): readonly AlarmRow[] {
  const highest = { period: minute, statistic: Stats.MAXIMUM };
  const age = queue.metricApproximateAgeOfOldestMessage(highest);
  return [
    {
      id: `${name}DeadLetters`,
      metric: deadLetters.metricApproximateNumberOfMessagesVisible(highest),
      above: 0,
      periods: 1,
      says: `Messages of the queue ${name} failed for good and wait to be redriven.`,
    },
    {
      id: `${name}Age`,
      metric: age,
      // Whether the age counts the time that a message was delayed, AWS does not say: this is right either way.
      above: longestDelay + 120,
      periods: 3,
      says: `A message of the queue ${name} has waited for over two minutes${longestDelay > 0 ? ' more than any is delayed' : ''}.`,
    },
  ];
}

function ofReader(name: string, { lambda }: NodeFunction): AlarmRow {
  const metric = lambda.metric('IteratorAge', { period: minute, statistic: Stats.MAXIMUM });
  const says = `The stream reader ${name} is over a minute behind.`;
  return { id: `${name}Age`, metric, above: 60_000, periods: 2, says };
}

/** The number of objects is told once a day and costs nothing; the fault before it is told at once by FaultsLogged. */
function ofStream(undelivered: IBucket): readonly AlarmRow[] {
  const metric = storedObjects(undelivered, { period: day, statistic: Stats.MAXIMUM });
  const says = 'A stream reader gave up records, which lie in the bucket Undelivered.';
  return [{ id: 'RecordsGivenUp', metric, above: 0, periods: 1, says }];
}

/** What happens every minute in a system that works, told by itself. Its silence is the fault, whatever the cause. */
function liveness(): readonly AlarmRow[] {
  const samples = { period: minute, statistic: Stats.SAMPLE_COUNT };
  return [
    {
      id: 'SweepSilent',
      metric: own('SweepFinished', samples),
      atLeast: 1,
      periods: 2,
      says: 'No sweep has finished for two minutes: nothing finds steps that are overdue.',
    },
    {
      id: 'CanarySilent',
      metric: own('CanaryBecameIncident', samples),
      atLeast: 1,
      periods: 2,
      says: 'For two minutes no alert of the canary has become an incident: alerts may not arrive at all.',
    },
  ];
}

/** The sweep reads from the table what is due, so it knows of every step that is late, whatever became of its message. */
function ofSteps(scope: Construct, { Sweep }: Watched['functions']): readonly AlarmRow[] {
  if (Sweep === undefined)
    throw new Error('There is no function Sweep, whose log tells of steps that are overdue');
  const overdue = new MetricFromLogs(scope, 'StepsOverdue', {
    logGroup: Sweep.lambda.logGroup,
    pattern: '{ $.message = "sweep finished" && $.overdue > 0 }',
  });
  return [
    {
      id: 'StepsOverdue',
      metric: overdue.metric({ period: fiveMinutes, statistic: Stats.SUM }),
      above: 1,
      periods: 1,
      says: 'Two sweeps within five minutes found steps of escalations that are over a minute late.',
    },
  ];
}

function ofFunctions(): readonly AlarmRow[] {
  const sum = { period: minute, statistic: Stats.SUM };
  return [
    {
      id: 'FaultsLogged',
      metric: faultsLogged({ period: fiveMinutes, statistic: Stats.SUM }),
      above: 0,
      periods: 1,
      says: 'A function logged a fault of the system itself.',
    },
    {
      id: 'FunctionErrors',
      metric: regional('AWS/Lambda', 'Errors', sum),
      above: 0,
      periods: 3,
      says: 'Functions of this account and region have crashed or timed out in three minutes running.',
    },
    {
      id: 'FunctionThrottles',
      metric: regional('AWS/Lambda', 'Throttles', sum),
      above: 0,
      periods: 1,
      says: 'Lambda turned invocations away: the account has no concurrency left in this region.',
    },
  ];
}

function ofApi(scope: Construct, rest: RestApi): readonly AlarmRow[] {
  const turnedAway = new MetricFromLogs(scope, 'RequestsTurnedAway', {
    logGroup: rest.accessLogs,
    // The socket logs into the same group; its lines name a connection.
    pattern: '{ $.status = "429" && $.connection NOT EXISTS }',
  });
  return [
    {
      id: 'ApiErrors',
      metric: rest.serverErrors({ period: fiveMinutes, statistic: Stats.SUM }),
      above: 5,
      periods: 1,
      says: 'The API answered more than five requests with a fault of its own (5xx) within five minutes.',
    },
    {
      id: 'RequestsTurnedAway',
      metric: turnedAway.metric({ period: minute, statistic: Stats.SUM }),
      above: 0,
      periods: 1,
      says: 'The API turned requests away (429): it got more than its limit, and alerts may be among them.',
    },
  ];
}

/** SES reviews an account at 5 % bounces or 0.1 % complaints and then stops its mail; pages are mails. */
function ofMail(): readonly AlarmRow[] {
  const average = { period: hour, statistic: Stats.AVERAGE };
  return [
    {
      id: 'MailBounces',
      metric: regional('AWS/SES', 'Reputation.BounceRate', average),
      above: 0.03,
      periods: 1,
      says: 'Over 3 % of the mails bounce; at 5 % SES reviews the account and may stop its mail.',
    },
    {
      id: 'MailComplaints',
      metric: regional('AWS/SES', 'Reputation.ComplaintRate', average),
      above: 0.0005,
      periods: 1,
      says: 'Over 0.05 % of the mails are called spam; at 0.1 % SES reviews the account and may stop its mail.',
    },
  ];
}
