import * as z from 'zod';
import type { Declared } from '../infra/synthesized.ts';
import type { Usage } from './prices.ts';

/** One row of the bill, in a month of 730 hours. */
export interface Line {
  /** What asks for it, so that a choice has its cost. */
  readonly group: string;
  readonly what: string;
  /** How the amount comes about. */
  readonly because: string;
  readonly month: Usage;
}

export const MINUTES_A_MONTH = 730 * 60;

/**
 * Lambda keeps at least five long polls of at most 20 s open on each queue that feeds a function, so fifteen empty receives a
 * minute: the documentation of event source mappings, and bills that people published.
 */
const POLLERS = 5;
const POLLS_A_MINUTE = 60 / 20;

const Alarm = z.looseObject({
  Metrics: z.array(z.looseObject({ MetricStat: z.looseObject({}).optional() })).optional(),
  AlarmRule: z.unknown().optional(),
});
const Mapping = z.looseObject({
  FilterCriteria: z.unknown().optional(),
  StartingPosition: z.string().optional(),
});

/** What a month costs because it is in the template, whether or not anything happens; schedules' work comes on top. */
export function declaredLines(resources: readonly Declared[]): readonly Line[] {
  const all = (type: string) => resources.filter(({ Type }) => Type === type);
  const polled = all('AWS::Lambda::EventSourceMapping').filter(
    ({ Properties }) => Mapping.parse(Properties).StartingPosition === undefined,
  );
  const alarms = all('AWS::CloudWatch::Alarm').map(({ Properties }) => metricsOf(Properties));
  const secrets = all('AWS::SecretsManager::Secret').length;
  const dashboards = all('AWS::CloudWatch::Dashboard').length;
  const budgets = all('AWS::Budgets::Budget').length;
  const polls = polled.length * POLLERS * POLLS_A_MINUTE * MINUTES_A_MONTH;
  const watched = alarms.reduce((a, b) => a + b, 0);
  const lines: readonly Line[] = [
    {
      ...{ group: 'Queues', what: 'polling of empty queues', month: { queueRequests: polls } },
      because: `${polled.length} queues × ${POLLERS} pollers × ${POLLS_A_MINUTE} a minute`,
    },
    {
      ...{ group: 'Alarms', what: 'alarms', month: { alarmMetrics: watched } },
      because: `${alarms.length} alarms, which watch ${watched} metrics`,
    },
    { group: 'Dashboard', what: 'dashboards', because: `${dashboards}`, month: { dashboards } },
    { group: 'Secret', what: 'secrets', because: `${secrets}`, month: { secrets } },
    { group: 'Budget', what: 'budgets', because: `${budgets}`, month: { budgets } },
  ];
  return lines.filter(({ month }) => Object.values(month).some((amount) => amount > 0));
}

/** How many metrics an alarm is billed for: each that it or its expression reads. */
function metricsOf(properties: unknown): number {
  const { Metrics } = Alarm.parse(properties);
  return Metrics === undefined ? 1 : Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
}
