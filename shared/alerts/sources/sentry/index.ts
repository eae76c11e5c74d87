import { isRecord, type JsonRecord, jsonDigest, recordOf } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';
import type { AlertSource, Receipt, Translated } from '../../source.ts';
import { translateGeneric } from '../generic/any.ts';
import { translateEventAlert, translateLegacy } from './event.ts';
import { translateComment, translateIssue } from './issue.ts';
import { translateMetricAlert } from './metric.ts';

/** Sentry's integration platform, and its older plugin "Webhooks", which signs nothing and is known by its body. */
export const sentry: AlertSource = {
  product: 'Sentry',
  verification: { scheme: 'hmac', header: 'sentry-hook-signature', secretBy: 'source' },
  reads: ['sentry-hook-resource', 'sentry-hook-timestamp', 'request-id'],
  translate(body, receipt) {
    const said = isRecord(body) ? translateBody(body, receipt) : undefined;
    if (said === undefined) return translateGeneric(body, receipt, { generic: true });
    const delivery = deliveryOf(body, said, receipt);
    return delivery === undefined ? said : { ...said, delivery };
  },
};

/**
 * What has alerts is named by its body, which is signed as the header with a name is not: a recorded one that comes again is refused
 * under any name. Remarks harm nobody and may be worded alike.
 */
function deliveryOf(body: unknown, { signals }: Translated, { headers }: Receipt): string | undefined {
  return signals.length > 0 ? jsonDigest(body) : headers?.['request-id'];
}

/** What is translated of a resource; undefined where it has not the form that Sentry gives it. */
type Translate = (action: string, data: JsonRecord, told: Told) => Translated | undefined;

/** What a resource's translation needs beside the data. */
export interface Told {
  readonly receipt: Receipt;
  readonly actor: JsonRecord;
  /** When Sentry sent it: the only time of what a person did with an issue. */
  readonly sentAt: string | undefined;
}

const resources: Readonly<Record<string, Translate>> = {
  event_alert: translateEventAlert,
  metric_alert: translateMetricAlert,
  issue: translateIssue,
  comment: translateComment,
};

function translateBody(body: JsonRecord, receipt: Receipt): Translated | undefined {
  const { headers = {} } = receipt;
  const data = recordOf(body.data);
  const resource = headers['sentry-hook-resource'] ?? resourceOf(data);
  if (resource === undefined) return translateLegacy(body, receipt);
  const told = { receipt, actor: recordOf(body.actor), sentAt: headers['sentry-hook-timestamp'] };
  const translate = Object.hasOwn(resources, resource) ? resources[resource] : undefined;
  if (translate !== undefined) return translate(textOf(body.action) ?? '', data, told);
  return {
    signals: [],
    ignored: `The resource '${resource.slice(0, 100)}' tells of no alert; event_alert, metric_alert, issue and comment are read.`,
  };
}

/** The resource of a body that lost its headers on the way. */
function resourceOf(data: JsonRecord): string | undefined {
  if (isRecord(data.metric_alert)) return 'metric_alert';
  if (isRecord(data.issue)) return 'issue';
  return isRecord(data.event) && data.triggered_rule !== undefined ? 'event_alert' : undefined;
}
