import { type Duration, HOUR, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { identityOfLabels, serviceIn } from '../../labels.ts';
import { outline, textOf } from '../../reading.ts';
import type { Signal } from '../../signal.ts';
import type { Receipt } from '../../source.ts';
import { stateOf } from '../../state-words.ts';

/** A group that goes on is told again after `repeat_interval`, four hours when left out. */
const TOLD_AGAIN_WITHIN: Duration = 6 * HOUR;

/**
 * That a group was cut off by `max_alerts`: the alerts that were left out are heard of in no other way. It ends with its group, else
 * when no body of the group that was cut off came for some hours; a whole body says nothing, since nearly all are whole.
 */
export function truncatedSignals(group: JsonRecord, receipt: Receipt): readonly Signal[] {
  const count = Number(textOf(group.truncatedAlerts) ?? 0);
  if (!Number.isSafeInteger(count) || count <= 0) return [];
  const { integration, receivedAt } = receipt;
  const labels = recordOf(group.groupLabels);
  const name = outline(labels, 150);
  const key = textOf(group.groupKey);
  const identity = key === undefined ? ['group labels', ...identityOfLabels(labels)] : ['group', key];
  const isOver = stateOf(group.status) === 'resolved';
  const signal = compose(
    {
      fingerprint: fingerprintOf(integration, 'truncated', ...identity),
      ...(isOver
        ? { state: 'resolved' }
        : { state: 'firing', until: receivedAt + TOLD_AGAIN_WITHIN, timesOut: true }),
      time: receivedAt,
      title: `${count} alerts${name === '' ? '' : ` of the group ${name}`} were cut off by max_alerts`,
      description:
        'The sender left them out of what it told, so nobody hears of them here. Take max_alerts away (0 in Alertmanager, empty in Grafana), or group finer by group_by.',
      severity: 'P3_MEDIUM',
      service: serviceIn(labels) ?? serviceIn(recordOf(group.commonLabels)),
      labels,
    },
    receipt,
  );
  return [signal];
}
