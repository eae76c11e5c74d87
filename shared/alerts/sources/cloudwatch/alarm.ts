import type { JsonRecord } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { firstText, textOf } from '../../reading.ts';
import { severityOf } from '../../severity.ts';
import type { SignalState } from '../../signal.ts';
import type { Receipt, Translated } from '../../source.ts';
import { arnOf, consoleAt } from './arn.ts';
import { serviceOf } from './concerned.ts';

/** An alarm of CloudWatch, whichever way it came. */
export interface Alarm {
  readonly name: string;
  /** CloudWatch's own word: `ALARM`, `OK` or `INSUFFICIENT_DATA`. */
  readonly state: unknown;
  readonly description: unknown;
  readonly reason: unknown;
  readonly time: unknown;
  readonly arn: unknown;
  readonly account: unknown;
  readonly region: unknown;
  readonly metric: Metric;
  readonly tags: JsonRecord;
}

/** What an alarm watches; all absent for one that combines others. */
export interface Metric {
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  /** In the order in which they were told. */
  readonly dimensions: Readonly<Record<string, string>>;
}

const states: ReadonlyMap<unknown, SignalState> = new Map([
  ['ALARM', 'firing'],
  ['OK', 'resolved'],
]);

/** What an alarm says; undefined for a state that CloudWatch does not have. */
export function translateAlarm(alarm: Alarm, receipt: Receipt): Translated | undefined {
  const isUnknown = alarm.state === 'INSUFFICIENT_DATA';
  if (isUnknown && receipt.insufficientData !== 'fire') return { signals: [], ignored: neither };
  const state = isUnknown ? 'firing' : states.get(alarm.state);
  if (state === undefined) return undefined;
  const { metric, tags } = alarm;
  const { partition, region } = arnOf(alarm.arn);
  const signal = compose(
    {
      fingerprint: fingerprintOf(receipt.integration, 'alarm', ...identityOf(alarm)),
      state,
      time: alarm.time,
      title: alarm.name,
      description: [textOf(alarm.description), textOf(alarm.reason)].filter(Boolean).join('\n'),
      severity: severityOf(firstText(tags, ['severity', 'Severity', 'priority', 'Priority'])),
      service: serviceOf(alarm),
      labels: {
        ...tags,
        ...metric.dimensions,
        namespace: metric.namespace,
        metric: metric.name,
        account: alarm.account,
        region: region ?? alarm.region,
      },
      links:
        region === undefined
          ? []
          : [
              {
                href: `${consoleAt(partition, region)}/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(alarm.name.toWellFormed())}`,
                text: 'CloudWatch',
              },
            ],
    },
    receipt,
  );
  return { signals: [signal] };
}

const neither =
  'The alarm has too few data to tell, which is neither an alarm nor its end. To be told, set the option insufficientData of this integration to fire.';

/** Old messages have no ARN. */
function identityOf({ arn, account, region, name }: Alarm): readonly string[] {
  const own = textOf(arn);
  return own === undefined ? [textOf(account) ?? '', textOf(region) ?? '', name] : [own];
}
