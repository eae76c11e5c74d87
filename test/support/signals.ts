import type { Signal, SignalsMessage } from '../../shared/alerts/index.ts';
import { digest, type IntegrationId, type OrganisationId } from '../../shared/kernel/index.ts';

export const org: OrganisationId = 'org_01TEST';
export const integration: IntegrationId = 'int_01TEST';

/** The fingerprint that tests give an alert by its short name. */
export const fingerprint = (name: string): string => digest(integration, name);

/** A signal of the alert `name` at `at` seconds after `epoch`. */
export const epoch = Date.UTC(2026, 10, 23, 3, 0, 0);

export function signal(name: string, state: Signal['state'], at: number, more: Partial<Signal> = {}): Signal {
  const description = state === 'firing' ? { title: `${name} is failing`, service: 'checkout' } : {};
  return {
    fingerprint: fingerprint(name),
    state,
    at: epoch + at * 1_000,
    labels: {},
    links: [],
    flags: [],
    ...description,
    ...more,
  };
}

let receipts = 0;

/** One accepted POST with these signals, received when the last of them happened. */
export function post(...signals: readonly Signal[]): SignalsMessage {
  const receivedAt = Math.max(epoch, ...signals.map(({ at }) => at));
  return {
    kind: 'signals',
    org,
    integration,
    source: 'generic',
    receipt: `receipt-${++receipts}`,
    receivedAt,
    signals,
  };
}
