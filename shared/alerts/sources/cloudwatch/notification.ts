import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { firstText, textOf } from '../../reading.ts';
import type { Alarm, Metric } from './alarm.ts';

/** What CloudWatch tells SNS of an alarm; undefined for any other object. */
export function alarmInMessage(said: JsonRecord): Alarm | undefined {
  const name = textOf(said.AlarmName);
  if (name === undefined || textOf(said.NewStateValue) === undefined) return undefined;
  return {
    name,
    state: said.NewStateValue,
    description: said.AlarmDescription,
    reason: said.NewStateReason,
    time: said.StateChangeTime,
    arn: said.AlarmArn,
    account: said.AWSAccountId,
    region: said.Region,
    metric: metricOf(recordOf(said.Trigger)),
    tags: recordOf(said.AlarmTags),
  };
}

/** The metric itself, or of a formula the first of its metrics. */
function metricOf(trigger: JsonRecord): Metric {
  const parts: unknown[] = Array.isArray(trigger.Metrics) ? trigger.Metrics.slice(0, 20) : [];
  const first = parts.map((part) => recordOf(recordOf(recordOf(part).MetricStat).Metric)).find(hasNamespace);
  const metric = first ?? trigger;
  return {
    namespace: textOf(metric.Namespace),
    name: textOf(metric.MetricName),
    dimensions: dimensionsOf(metric.Dimensions),
  };
}

const hasNamespace = ({ Namespace }: JsonRecord): boolean => textOf(Namespace) !== undefined;

/** A list of names and values, which no other source of AWS spells in these letters. */
function dimensionsOf(said: unknown): Readonly<Record<string, string>> {
  const list: unknown[] = Array.isArray(said) ? said.slice(0, 30) : [];
  const pairs = list.filter(isRecord).flatMap((each): [string, string][] => {
    const name = firstText(each, ['name', 'Name']);
    const value = firstText(each, ['value', 'Value']);
    return name === undefined || value === undefined || name === '__proto__' ? [] : [[name, value]];
  });
  return Object.fromEntries(pairs);
}
