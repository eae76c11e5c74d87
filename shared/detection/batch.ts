import type { Signal, SignalsMessage } from '../alerts/index.ts';
import type { OrganisationId } from '../kernel/index.ts';
import type { Firing } from './match.ts';

/** Everything that one batch says about one alert. */
export interface AlertInBatch {
  readonly fingerprint: string;
  readonly from: Firing['from'];
  /** By event time. */
  readonly firings: readonly Firing[];
  readonly others: readonly Signal[];
}

/** The signals of a batch by organisation and alert. */
export function foldBatch(
  messages: readonly SignalsMessage[],
): ReadonlyMap<OrganisationId, readonly AlertInBatch[]> {
  const organisations = new Map<
    OrganisationId,
    Map<string, { from: Firing['from']; firings: Firing[]; others: Signal[] }>
  >();
  for (const { org, signals, source, integration, receipt, receivedAt } of messages) {
    const from = { source, integration, receipt, receivedAt };
    const alerts = organisations.get(org) ?? new Map();
    organisations.set(org, alerts);
    for (const signal of signals) {
      const alert = alerts.get(signal.fingerprint) ?? { from, firings: [], others: [] };
      alerts.set(signal.fingerprint, alert);
      if (signal.state === 'firing') alert.firings.push({ signal, from });
      else alert.others.push(signal);
    }
  }
  return new Map([...organisations].map(([org, alerts]) => [org, [...alerts].map(inOrder)]));
}

function inOrder([fingerprint, alert]: [
  string,
  { from: Firing['from']; firings: Firing[]; others: Signal[] },
]): AlertInBatch {
  const firings = alert.firings.sort((a, b) => a.signal.at - b.signal.at);
  return { fingerprint, from: alert.from, firings, others: alert.others };
}
