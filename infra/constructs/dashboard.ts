import {
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  Dashboard as Page,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { canaryHome } from '../../shared/wiring/index.ts';
import type { Watched } from './alarm-rows.ts';
import { fiveMinutes, own, regional } from './metrics.ts';
import type { NodeFunction } from './node-function.ts';

interface DashboardProps extends Watched {
  readonly table: ITableV2;
}

const sum = { period: fiveMinutes, statistic: Stats.SUM };
const highest = { period: fiveMinutes, statistic: Stats.MAXIMUM };
const average = { period: fiveMinutes, statistic: Stats.AVERAGE };

/**
 * One page on which the state of the system is seen. What only the logs know is asked of them when somebody looks, so it costs
 * nothing while nobody does.
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new Page(this, 'Page', {
      widgets: [flow(props), liveness(), queues(props), faults(props), stores(props)],
    });
  }
}

/** What came in, what became of it, and who was told. */
function flow({ functions }: DashboardProps): IWidget[] {
  const others = `org != "${canaryHome.org}"`;
  return [
    asked(
      'Alerts accepted',
      functions.Receive,
      `filter message = "received" and ${others} | stats sum(signals) by bin(5m)`,
    ),
    asked(
      'Incidents opened',
      functions.FanOut,
      `filter type = "incident.opened" and ${others} | stats count() by bin(5m)`,
    ),
    asked(
      'Alerts refused',
      functions.Receive,
      'filter message = "received" and ispresent(refused) | stats count() by refused, bin(5m)',
    ),
    asked('Pages', functions.Deliver, 'filter message = "page" | stats count() by outcome, bin(5m)'),
  ];
}

function liveness(): IWidget[] {
  return [
    graph('Seconds until the canary is an incident', [own('CanaryBecameIncident', highest)]),
    graph('Milliseconds that a sweep takes', [own('SweepFinished', highest)]),
    graph(
      'Mail sent, bounced, complained of',
      ['Send', 'Bounce', 'Complaint'].map((name) => regional('AWS/SES', name, sum)),
    ),
  ];
}

function queues({ queues: lines, readers }: DashboardProps): IWidget[] {
  const workers = Object.values(lines);
  return [
    graph(
      'Age of the oldest message (s)',
      workers.map(({ queue }) => queue.metricApproximateAgeOfOldestMessage(highest)),
    ),
    graph(
      'Dead letters',
      workers.map(({ deadLetters }) => deadLetters.metricApproximateNumberOfMessagesVisible(highest)),
    ),
    graph(
      'Stream readers behind (ms)',
      Object.values(readers).map(({ lambda }) => lambda.metric('IteratorAge', highest)),
    ),
  ];
}

function faults({ functions, rest }: DashboardProps): IWidget[] {
  const all = Object.values(functions).map(({ lambda }) => lambda);
  return [
    graph(
      'Errors of functions',
      all.map((lambda) => lambda.metricErrors(sum)),
    ),
    graph(
      'Throttled invocations',
      all.map((lambda) => lambda.metricThrottles(sum)),
    ),
    graph('Requests, and faults answered (5xx)', [rest.requests(sum), rest.serverErrors(sum)]),
  ];
}

function stores({ functions, table }: DashboardProps): IWidget[] {
  const used = ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'];
  const refused = ['ReadThrottleEvents', 'WriteThrottleEvents'];
  const pagers = [functions.Receive, functions.Detect, functions.Escalate, functions.Deliver];
  return [
    graph(
      'Units of the table',
      used.map((name) => table.metric(name, sum)),
    ),
    graph(
      'Throttled by the table',
      refused.map((name) => table.metric(name, sum)),
    ),
    graph(
      'Milliseconds from alert to page, by function',
      pagers.flatMap((one) => (one ? [one.lambda.metricDuration(average)] : [])),
    ),
  ];
}

const graph = (title: string, left: IMetric[]): IWidget => new GraphWidget({ title, left, width: 8 });

/** A question to the log of one function. */
function asked(title: string, of: NodeFunction | undefined, question: string): IWidget {
  if (of === undefined) throw new Error(`The dashboard asks a function that is not there: ${title}`);
  return new LogQueryWidget({
    title,
    width: 8,
    view: LogQueryVisualizationType.BAR,
    logGroupNames: [of.lambda.logGroup.logGroupName],
    queryString: question,
  });
}
