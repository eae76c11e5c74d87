import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { remarksOf } from '../../compose-remark.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { textOf } from '../../reading.ts';
import type { AlertSource, Receipt, Translated } from '../../source.ts';
import { translateGeneric } from '../generic/any.ts';
import { incidentSignals } from './incident.ts';
import { sentenceOf } from './sentences.ts';

/** PagerDuty's webhooks, version 3: one event a POST. */
export const pagerduty: AlertSource = {
  product: 'PagerDuty',
  verification: {
    scheme: 'hmac',
    header: 'x-pagerduty-signature',
    prefix: 'v1=',
    several: true,
    secretBy: 'source',
  },
  reads: ['x-webhook-id'],
  translate(body, receipt) {
    const { event } = recordOf(body);
    const type = isRecord(event) ? textOf(event.event_type) : undefined;
    if (!isRecord(event) || type === undefined) return translateGeneric(body, receipt, { generic: true });
    const said = translateEvent(event, type, receipt);
    if (said === undefined) return translateGeneric(body, receipt, { generic: true });
    // Both are the same on each attempt; the event's own id is signed with the body, which the header is not.
    const delivery = textOf(event.id) ?? receipt.headers?.['x-webhook-id'];
    return delivery === undefined ? said : { ...said, delivery };
  },
};

/** What an event says; undefined when it is about an incident that it does not name. */
function translateEvent(event: JsonRecord, type: string, receipt: Receipt): Translated | undefined {
  const [kind, ...action] = type.split('.');
  if (kind !== 'incident') {
    return {
      signals: [],
      ignored: `The event '${type.slice(0, 100)}' is about no incident; only those that begin with 'incident.' are read.`,
    };
  }
  const data = recordOf(event.data);
  const whole = data.type === 'incident' || data.type === undefined;
  const id = whole ? textOf(data.id) : incidentIdIn(data);
  if (id === undefined) return undefined;
  const fingerprint = fingerprintOf(receipt.integration, 'incident', id);
  const name = action.join('.');
  const remarks = remarksOf(
    {
      ...{ fingerprint, time: event.occurred_at, by: recordOf(event.agent).summary },
      text: sentenceOf(name, data),
    },
    receipt,
  );
  const signals = whole ? incidentSignals({ event, action: name, data, fingerprint }, receipt) : [];
  return { signals, ...(remarks.length > 0 && { remarks }) };
}

/** The incident that a note, a task or whatever else belongs to. */
function incidentIdIn(data: JsonRecord): string | undefined {
  const own = textOf(recordOf(data.incident).id);
  if (own !== undefined || !Array.isArray(data.incident_role_assignments)) return own;
  const [first]: unknown[] = data.incident_role_assignments;
  return textOf(recordOf(recordOf(first).incident).id);
}
