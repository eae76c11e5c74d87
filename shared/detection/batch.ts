import type { SignalsMessage } from '../alerts/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { Received } from './match.ts';

/** Signals as detection gets them out of its queue. */
export interface QueuedSignals extends SignalsMessage {
  /**
   * When they were put into the queue, if they are taken out for the first time. Of what is tried again its age says nothing of
   * how much waits.
   */
  readonly queuedAt?: Instant;
}

/** Everything that one batch says about one alert. */
export interface AlertInBatch {
  readonly fingerprint: string;
  /** Absent when nobody said anything, and only time has passed. */
  readonly from?: Received['from'];
  /** Then: by when it is asked to have ended. */
  readonly askedAt?: Instant;
  /** Whether it is asked, too, where its firing goes that waits for a threshold: rules may have changed. */
  readonly asksWaiting?: true;
  /** By event time. */
  readonly firings: readonly Received[];
  readonly others: readonly Received[];
}

/** The signals of a batch by organisation and alert. */
export function foldBatch(
  messages: readonly QueuedSignals[],
): ReadonlyMap<OrganisationId, readonly AlertInBatch[]> {
  const organisations = new Map<
    OrganisationId,
    Map<string, { from: Received['from']; firings: Received[]; others: Received[] }>
  >();
  for (const message of messages) {
    const { org, signals, source, integration, receipt, receivedAt, queuedAt, tellsState, isPutOff } =
      message;
    const from = {
      ...{ source, integration, receipt, receivedAt },
      ...(queuedAt !== undefined && { queuedAt }),
      ...(tellsState && { tellsState }),
      ...(isPutOff && { isPutOff }),
    };
    const alerts = organisations.get(org) ?? new Map();
    organisations.set(org, alerts);
    for (const signal of signals) {
      const alert = alerts.get(signal.fingerprint) ?? { from, firings: [], others: [] };
      alerts.set(signal.fingerprint, alert);
      if (signal.state === 'firing') alert.firings.push({ signal, from });
      else alert.others.push({ signal, from });
    }
  }
  return new Map([...organisations].map(([org, alerts]) => [org, [...alerts].map(inOrder)]));
}

/** Alerts of which nothing was said: whether they have ended by themselves is to be decided. */
export const unsaid = (fingerprints: readonly string[], askedAt: Instant): readonly AlertInBatch[] =>
  fingerprints.map((fingerprint) => ({ fingerprint, askedAt, firings: [], others: [] }));

/** The same of alerts that wait for a threshold: where they go now is to be decided, too. */
export const waitingStill = (fingerprints: readonly string[], askedAt: Instant): readonly AlertInBatch[] =>
  unsaid(fingerprints, askedAt).map((alert) => ({ ...alert, asksWaiting: true }));

/** Firings that are decided together; and alerts that one question of the sweep is about, so that ten are decided well within 10 s. */
export const DECIDED_AT_ONCE = 100;
export const ASKED_AT_ONCE = 50;

/** The alerts in parts of at most so many firings; an alert that fired more often is divided too. */
export function sliced(
  alerts: readonly AlertInBatch[],
  firings: number,
): readonly (readonly AlertInBatch[])[] {
  const parts: AlertInBatch[][] = [];
  let room = 0;
  for (const alert of alerts.flatMap((whole) => divided(whole, firings))) {
    const size = Math.max(1, alert.firings.length);
    if (size > room) {
      parts.push([]);
      room = firings;
    }
    parts.at(-1)?.push(alert);
    room -= size;
  }
  return parts;
}

/** Its other signals go with the last part: what they end is known by then. */
function divided(alert: AlertInBatch, firings: number): readonly AlertInBatch[] {
  const count = Math.max(1, Math.ceil(alert.firings.length / firings));
  return Array.from({ length: count }, (_, i) => ({
    ...alert,
    firings: alert.firings.slice(i * firings, (i + 1) * firings),
    others: i === count - 1 ? alert.others : [],
  }));
}

function inOrder([fingerprint, alert]: [
  string,
  { from: Received['from']; firings: Received[]; others: Received[] },
]): AlertInBatch {
  const firings = alert.firings.sort((a, b) => a.signal.at - b.signal.at);
  return { fingerprint, from: alert.from, firings, others: alert.others };
}
