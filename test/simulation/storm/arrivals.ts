import type { Signal, SignalsMessage } from '../../../shared/alerts/index.ts';
import {
  type Duration,
  digest,
  type Instant,
  type IntegrationId,
  idOf,
  MINUTE,
  SECOND,
} from '../../../shared/kernel/index.ts';
import { BEGIN, type Tenant } from '../scenario.ts';

/** How long a storm lasts if it does not say so, and everything beside it. */
export const LENGTH: Duration = 10 * SECOND;

/** A storm from one source. */
export interface Storm {
  /** Alerts in all, in how many to a POST. */
  readonly alerts: number;
  readonly post: number;
  readonly lasts?: Duration;
  /** How many of them are different. */
  readonly different: number;
  /** Whether each says the time of its POST, and not when it began. */
  readonly isMoving?: boolean;
  /** Whether each is of a service of its own, and would open an incident of its own. */
  readonly isApart?: boolean;
}

export const stormy: IntegrationId = idOf('integration', BEGIN, 'storm');

/** A storm's POSTs, evenly over its time. */
export function stormOf({ org }: Tenant, storm: Storm): readonly SignalsMessage[] {
  const { alerts, post, lasts = LENGTH, different, isMoving = false, isApart = false } = storm;
  const posts = Math.ceil(alerts / post);
  return Array.from({ length: posts }, (_, i) => {
    const receivedAt = BEGIN + Math.floor((i / posts) * lasts);
    const at = isMoving ? receivedAt : BEGIN - MINUTE;
    const size = Math.min(post, alerts - i * post);
    return {
      ...{ kind: 'signals', org, integration: stormy, source: isMoving ? 'generic' : 'alertmanager' },
      ...(!isMoving && { tellsState: true }),
      ...{ receipt: receiptOf('storm', i), receivedAt },
      signals: Array.from({ length: size }, (_, place) => {
        const number = (i * post + place) % different;
        return alertOf('storm', number, at, isApart ? `stormy-${number}` : 'checkout');
      }),
    };
  });
}

/** Alerts of other sources, each of a service of its own: so many in all, and each source no more than it may open incidents. */
export function othersOf({ org }: Tenant, count: number, sources: number): readonly SignalsMessage[] {
  return Array.from({ length: count }, (_, i) => {
    const receivedAt = BEGIN + Math.floor(((i + 0.5) / count) * LENGTH);
    const integration = idOf('integration', BEGIN, `other ${i % sources}`);
    return {
      ...{ kind: 'signals', org, integration, source: 'alertmanager', tellsState: true },
      ...{ receipt: receiptOf('other', i), receivedAt },
      signals: [alertOf('other', i, receivedAt, `service-${i}`)],
    };
  });
}

/** Both in the order in which they come. */
export const merged = (...all: readonly (readonly SignalsMessage[])[]): readonly SignalsMessage[] =>
  all.flat().toSorted((a, b) => a.receivedAt - b.receivedAt);

function receiptOf(name: string, number: number): string {
  const hash = digest('receipt', name, String(number));
  return [0, 8, 12, 16, 20].map((from, i) => hash.slice(from, [8, 12, 16, 20, 32][i])).join('-');
}

const fingerprints = new Map<string, string>();

/** The fingerprint of an alert of the storm, or of the others. */
export function fingerprintOf(name: 'storm' | 'other', number: number): string {
  const of = `${name} ${number}`;
  const known = fingerprints.get(of) ?? digest('alert', of);
  fingerprints.set(of, known);
  return known;
}

function alertOf(name: 'storm' | 'other', number: number, at: Instant, service = 'checkout'): Signal {
  const fingerprint = fingerprintOf(name, number);
  const pod = `${service}-${fingerprint.slice(0, 6)}`;
  return {
    ...{ fingerprint, state: 'firing', at, title: 'KubePodCrashLooping', severity: 'P1_CRITICAL', service },
    description: `Pod prod/${pod} restarts 1.2 times in 10 minutes.`,
    labels: {
      ...{ alertname: 'KubePodCrashLooping', service, namespace: 'prod', pod, severity: 'critical' },
      ...{ instance: '10.1.2.3:8080', cluster: 'eu-1', container: 'app' },
    },
    ...{ links: [], flags: [] },
  };
}
