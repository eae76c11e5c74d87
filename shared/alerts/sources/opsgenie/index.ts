import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose, type Findings } from '../../compose.ts';
import { remarksOf } from '../../compose-remark.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { serviceIn, serviceNamed } from '../../labels.ts';
import { openFields, textOf } from '../../reading.ts';
import { severityOf } from '../../severity.ts';
import type { Signal, SignalState } from '../../signal.ts';
import type { AlertSource, Receipt, Translated } from '../../source.ts';
import { keyOnly } from '../../verification.ts';
import { translateGeneric } from '../generic/any.ts';
import { sentenceOf } from './sentences.ts';

/** The outgoing webhook of Opsgenie, and of Jira Service Management, which sends the same body. */
export const opsgenie: AlertSource = {
  product: 'Opsgenie',
  verification: keyOnly,
  translate(body, receipt) {
    const { action, alert } = recordOf(body);
    const id = isRecord(alert) ? (textOf(alert.alertId) ?? textOf(alert.alias)) : undefined;
    const name = textOf(action)?.trim();
    if (!isRecord(alert) || id === undefined || name === undefined)
      return translateGeneric(body, receipt, { generic: true });
    return translateAction(name, alert, fingerprintOf(receipt.integration, 'alertId', id), receipt);
  },
};

/** What becomes of the alert, and which of its times says since when. */
const states: ReadonlyMap<string, readonly [state: SignalState, time: 'createdAt' | 'updatedAt']> = new Map([
  ['Create', ['firing', 'createdAt']],
  ['UnAcknowledge', ['firing', 'updatedAt']],
  ['Acknowledge', ['acknowledged', 'updatedAt']],
  ['Close', ['resolved', 'updatedAt']],
  ['Delete', ['resolved', 'updatedAt']],
  // A worse priority counts for what is firing since it was made.
  ['UpdatePriority', ['firing', 'createdAt']],
]);

function translateAction(
  action: string,
  alert: JsonRecord,
  fingerprint: string,
  receipt: Receipt,
): Translated {
  const [state, time] = states.get(action) ?? [];
  const remarks = remarksOf(
    {
      ...{ fingerprint, time: alert.updatedAt, by: alert.username },
      text: sentenceOf(action, alert),
    },
    receipt,
  );
  const signals =
    state === undefined || time === undefined
      ? []
      : [
          signalOf(
            alert,
            {
              ...{ fingerprint, state, time: alert[time], by: textOf(alert.username) },
              unacknowledged: action === 'UnAcknowledge',
            },
            receipt,
          ),
        ];
  return { signals, ...(remarks.length > 0 && { remarks }) };
}

function signalOf(
  alert: JsonRecord,
  found: Pick<Findings, 'fingerprint' | 'state' | 'time' | 'unacknowledged' | 'by'>,
  receipt: Receipt,
): Signal {
  const details = recordOf(alert.details);
  return compose(
    {
      ...found,
      title: textOf(alert.message),
      description: textOf(alert.description),
      severity: severityOf(alert.priority),
      service: serviceIn(details, ['service', 'service_name']) ?? serviceNamed(textOf(alert.entity)),
      labels: labelsOf(alert, details),
    },
    receipt,
  );
}

function labelsOf({ alias, tinyId, source, entity, tags }: JsonRecord, details: JsonRecord): JsonRecord {
  const named: unknown[] = Array.isArray(tags) ? tags.slice(0, 50) : [];
  return {
    ...openFields(details),
    ...{ alias, tinyId, source, entity },
    tags: named.flatMap((tag) => textOf(tag) ?? []).join(', '),
  };
}
