import type * as z from 'zod';
import type { Count, Link } from '../alerts/index.ts';
import { type IncidentId, toText } from '../kernel/index.ts';
import type { alertView } from './alerts-api.ts';
import type { AlertEntry, LoggedFact } from './facts.ts';

export type AlertView = z.input<typeof alertView>;

/**
 * The alerts of an incident in the order in which they joined, each as the last fact has it; then those that are only in the
 * logs of incidents that were merged into it.
 */
export function membersIn(
  own: readonly LoggedFact[],
  ...absorbed: readonly (readonly LoggedFact[])[]
): readonly AlertEntry[] {
  const members = lastWords(own);
  for (const log of absorbed) {
    for (const [fingerprint, entry] of lastWords(log)) {
      if (!members.has(fingerprint)) members.set(fingerprint, entry);
    }
  }
  return [...members.values()];
}

function lastWords(facts: readonly LoggedFact[]): Map<string, AlertEntry> {
  const words = new Map<string, AlertEntry>();
  for (const fact of [...facts].sort((a, b) => a.seq - b.seq)) {
    if (fact.type !== 'alerts.changed') continue;
    for (const entry of fact.data.entries) words.set(entry.fingerprint, entry);
  }
  return words;
}

/** The incidents that were merged into the one with this log. */
export function absorbedIn(facts: readonly LoggedFact[]): readonly IncidentId[] {
  const absorbed = facts.flatMap((fact) => (fact.type === 'incident.absorbed' ? [fact.data.from] : []));
  return [...new Set(absorbed)];
}

/** How many distinct alerts are in which state. */
export function summarizeAlerts(members: readonly AlertEntry[]) {
  const summary = { total: members.length, firing: 0, acknowledged: 0, resolved: 0 };
  for (const { state } of members) summary[state]++;
  return summary;
}

/** What is known of an alert beside the incident's log: how its source describes it, and how often it was received. */
export interface AboutAlert {
  readonly described?: { readonly labels: Readonly<Record<string, string>>; readonly links: readonly Link[] };
  readonly count?: Count;
}

/** An alert of an incident as the API shows it; what is counted goes with it when it is known. */
export function viewAlert(entry: AlertEntry, { described, count }: AboutAlert): AlertView {
  const { fingerprint, title, state, severity, at } = entry;
  return {
    ...{ fingerprint, title, state, severity, at: toText(at) },
    ...{ labels: { ...described?.labels }, links: [...(described?.links ?? [])] },
    ...(count && { received: count.received }),
    ...(count && count.received > 0 && { lastReceivedAt: toText(count.lastAt) }),
  };
}
