import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { compose } from '../../compose.ts';
import { fingerprintOf } from '../../fingerprint.ts';
import { identityOfLabels } from '../../labels.ts';
import { limits } from '../../limits.ts';
import { textOf } from '../../reading.ts';
import type { Signal } from '../../signal.ts';
import type { AlertSource, Receipt, Translation } from '../../source.ts';
import { tooMany } from '../../too-many.ts';
import { keyOnly } from '../../verification.ts';
import { translateGroup, wordsOf } from '../alertmanager/index.ts';
import { translateGeneric } from '../generic/any.ts';
import { timesOf } from './times.ts';

/**
 * Alertmanager's API, version 2, as Prometheus and its kin post to it: alerts that fire until a time, which each repetition moves
 * on. Source: prometheus/alertmanager 0.34, api/v2.
 */
export const alertmanagerApi: AlertSource = {
  product: 'Prometheus (Alertmanager API v2)',
  tellsState: true,
  verification: keyOnly,
  translate(body, receipt) {
    if (Array.isArray(body)) return translateList(body, receipt);
    if (isRecord(body) && hasLabels(body)) return translateList([body], receipt);
    const group = isRecord(body) ? translateGroup(body, receipt) : undefined;
    return group ?? translateGeneric(body, receipt, { generic: true });
  },
};

/** The alerts of a list; what is wrong with some keeps no other from being taken. */
function translateList(alerts: readonly unknown[], receipt: Receipt): Translation {
  if (alerts.length > limits.signals) return tooMany(alerts.length);
  const signals: Signal[] = [];
  const faults: string[] = [];
  for (const [place, alert] of alerts.entries()) {
    const said = signalOf(alert, receipt);
    if (typeof said === 'string') faults.push(`alert ${place}: ${said}`);
    else signals.push(said);
  }
  return { signals, ...(faults.length > 0 && { faults }) };
}

/** An alert as a signal, or what is wrong with it. */
function signalOf(alert: unknown, receipt: Receipt): Signal | string {
  if (!isRecord(alert)) return 'not an object with labels';
  if (!hasLabels(alert)) return 'at least one label pair required';
  const times = timesOf(alert, receipt.receivedAt);
  if (typeof times === 'string') return times;
  const identity = identityOfLabels(recordOf(alert.labels));
  const fingerprint = fingerprintOf(receipt.integration, 'labels', ...identity);
  return compose({ ...wordsOf(alert, {}), ...times, fingerprint }, receipt);
}

/** Whether a label is left when the empty ones are taken away. */
function hasLabels(alert: JsonRecord): boolean {
  return Object.values(recordOf(alert.labels)).some((label) => textOf(label) !== undefined);
}
