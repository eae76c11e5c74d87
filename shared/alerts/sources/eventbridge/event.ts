import { type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';
import type { Receipt, Translated } from '../../source.ts';
import { type Alarm, type Metric, translateAlarm } from '../cloudwatch/alarm.ts';
import { deploymentIn } from './deployment.ts';
import { stackChangeIn } from './stack-change.ts';

/** Whether an object has the form of an event of Amazon EventBridge. */
export function isEvent(body: JsonRecord): boolean {
  return typeof body['detail-type'] === 'string' && typeof body.source === 'string';
}

/** What an event says; undefined for one that nobody here reads. */
export function translateEvent(event: JsonRecord, receipt: Receipt): Translated | undefined {
  switch (event['detail-type']) {
    case 'CloudWatch Alarm State Change': {
      const alarm = alarmInEvent(event);
      return alarm && translateAlarm(alarm, receipt);
    }
    case 'CodeDeploy Deployment State-change Notification':
      return deploymentIn(event, receipt);
    case 'CloudFormation Stack Status Change':
      return stackChangeIn(event, receipt);
    default:
      return undefined;
  }
}

/** The name of the alarm that an event is of; undefined for any other event. */
export function alarmNameIn(event: JsonRecord): string | undefined {
  return event['detail-type'] === 'CloudWatch Alarm State Change' ? alarmInEvent(event)?.name : undefined;
}

function alarmInEvent(event: JsonRecord): Alarm | undefined {
  const detail = recordOf(event.detail);
  const { description, metrics } = recordOf(detail.configuration);
  const state = recordOf(detail.state);
  const name = textOf(detail.alarmName);
  if (name === undefined) return undefined;
  return {
    name,
    state: state.value,
    description,
    reason: state.reason,
    time: state.timestamp ?? event.time,
    arn: Array.isArray(event.resources) ? event.resources[0] : undefined,
    account: event.account,
    region: event.region,
    metric: metricOf(metrics),
    tags: recordOf(detail.alarmTags),
  };
}

/** The first metric with a name: a formula stands before those that it is made of. */
function metricOf(said: unknown): Metric {
  const parts: unknown[] = Array.isArray(said) ? said.slice(0, 20) : [];
  const all = parts.map((part) => recordOf(recordOf(recordOf(part).metricStat).metric));
  const { namespace, name, dimensions } = all.find((each) => textOf(each.namespace) !== undefined) ?? {};
  const pairs = Object.entries(recordOf(dimensions)).slice(0, 30);
  return {
    namespace: textOf(namespace),
    name: textOf(name),
    dimensions: Object.fromEntries(
      pairs.flatMap(([key, value]): [string, string][] => {
        const text = textOf(value);
        return text === undefined || key === '__proto__' ? [] : [[key, text]];
      }),
    ),
  };
}
