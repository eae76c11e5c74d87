import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose, type Findings } from '../../compose.ts';
import { isNoTime, readInstant } from '../../event-time.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { identityOfLabels, serviceIn } from '../../labels.ts';
import { limits } from '../../limits.ts';
import type { SaidLink } from '../../links.ts';
import { firstText, textOf } from '../../reading.ts';
import { severityOf } from '../../severity.ts';
import type { Signal, SignalState } from '../../signal.ts';
import type { AlertSource, Receipt, Translation } from '../../source.ts';
import { stateOf } from '../../state-words.ts';
import { tooMany } from '../../too-many.ts';
import { keyOnly } from '../../verification.ts';
import { genericSignal, translateGeneric } from '../generic/any.ts';
import { truncatedSignals } from './truncated.ts';

/** Prometheus Alertmanager's webhook, version 4, as of 0.34; also a bare list of alerts as in its API v2. */
export const alertmanager: AlertSource = {
  product: 'Prometheus Alertmanager',
  tellsState: true,
  verification: keyOnly,
  translate(body, receipt) {
    return translateGroup(body, receipt) ?? translateGeneric(body, receipt, { generic: true });
  },
};

/** In what products differ that copied Alertmanager's form. */
export interface Dialect {
  title(labels: JsonRecord, group: JsonRecord): string | undefined;
  description(alert: JsonRecord, annotations: JsonRecord): string | undefined;
  links(alert: JsonRecord, annotations: JsonRecord, group: JsonRecord): readonly SaidLink[];
  isTest(labels: JsonRecord): boolean;
}

const own: Dialect = {
  title: (labels, group) =>
    firstText(labels, ['alertname']) ?? firstText(recordOf(group.commonLabels), ['alertname']),
  description: (_, annotations) => descriptionFrom(annotations),
  links: linksOf,
  isTest: () => false,
};

/** The signals of a notification, or nothing when the body does not have the form of one. */
export function translateGroup(body: unknown, receipt: Receipt, dialect = own): Translation | undefined {
  const group = recordOf(body);
  const alerts = Array.isArray(body) ? body : group.alerts;
  if (!Array.isArray(alerts)) return undefined;
  if (alerts.length > limits.signals) return tooMany(alerts.length);
  const signals = alerts.map((alert) => signalOf(alert, group, receipt, dialect));
  return { signals: [...signals, ...truncatedSignals(group, receipt)] };
}

/** Whether a value has the form of one alert of a notification. */
export function isAlert(value: unknown): value is JsonRecord {
  if (!isRecord(value)) return false;
  const named = Object.values(recordOf(value.labels)).some((label) => textOf(label) !== undefined);
  return named || nativeFingerprint(value) !== undefined;
}

function signalOf(alert: unknown, group: JsonRecord, receipt: Receipt, dialect: Dialect): Signal {
  if (!isAlert(alert)) return genericSignal(alert, receipt, { generic: true });
  const state = stateOfAlert(alert, group, receipt);
  return compose(
    {
      ...wordsOf(alert, group, dialect),
      fingerprint: fingerprintOfAlert(alert, recordOf(alert.labels), receipt),
      state,
      time: state === 'resolved' ? endOf(alert) : alert.startsAt,
    },
    receipt,
  );
}

/** What the labels and annotations of an alert say, and those of its group where the alert's own say nothing. */
export function wordsOf(
  alert: JsonRecord,
  group: JsonRecord,
  dialect = own,
): Omit<Findings, 'fingerprint' | 'state' | 'time'> {
  const labels = recordOf(alert.labels);
  const common = recordOf(group.commonLabels);
  const annotations = recordOf(alert.annotations);
  return {
    title: dialect.title(labels, group) ?? titleFrom(annotations),
    description: dialect.description(alert, annotations),
    severity: severityOf(labels.severity) ?? severityOf(common.severity) ?? severityOf(labels.priority),
    service: serviceIn(labels) ?? serviceIn(common),
    labels,
    links: dialect.links(alert, annotations, group),
    test: dialect.isTest(labels),
  };
}

/** Each alert's own status counts: the notification's says "firing" as long as any of its alerts fires. */
function stateOfAlert(alert: JsonRecord, group: JsonRecord, { receivedAt }: Receipt): SignalState {
  const own = stateOf(alert.status);
  if (own !== undefined) return own;
  if (stateOf(group.status) === 'resolved') return 'resolved';
  const end = isNoTime(alert.endsAt) ? undefined : readInstant(alert.endsAt);
  return end !== undefined && end <= receivedAt ? 'resolved' : 'firing';
}

/** An end before the beginning is a clock that was set back; the alert still ended after it began. */
function endOf(alert: JsonRecord): unknown {
  const start = readInstant(alert.startsAt);
  const end = isNoTime(alert.endsAt) ? undefined : readInstant(alert.endsAt);
  return start !== undefined && end !== undefined ? Math.max(start, end) : end;
}

function nativeFingerprint(alert: JsonRecord): string | undefined {
  return textOf(alert.fingerprint);
}

function fingerprintOfAlert(alert: JsonRecord, labels: JsonRecord, { integration }: Receipt): string {
  const native = nativeFingerprint(alert);
  return native === undefined
    ? fingerprintOf(integration, 'labels', ...identityOfLabels(labels))
    : fingerprintOf(integration, 'fingerprint', native);
}

function titleFrom(annotations: JsonRecord): string | undefined {
  return firstText(annotations, ['title', 'summary', 'message', 'description']);
}

/** What the annotations of an alert say, the short first. */
export function descriptionFrom(annotations: JsonRecord): string | undefined {
  const short = firstText(annotations, ['summary', 'title']);
  const long = firstText(annotations, ['description', 'message']);
  const parts = [short, long].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : [...new Set(parts)].join('\n');
}

function linksOf(alert: JsonRecord, annotations: JsonRecord, group: JsonRecord): readonly SaidLink[] {
  const base = group.externalURL;
  return [
    { href: annotations.runbook_url ?? annotations.runbook, text: 'Runbook' },
    { href: alert.generatorURL, text: 'Source', base },
    { href: annotations.dashboard_url ?? alert.dashboardURL, text: 'Dashboard', base },
    { href: base, text: 'Alertmanager' },
  ];
}
