import type * as z from 'zod';
import { type Count, knownSeverity, type Link } from '../alerts/index.ts';
import { type IncidentId, toText } from '../kernel/index.ts';
import type { alertView } from './alerts-api.ts';
import type { AlertEntry, LoggedFact } from './facts.ts';

export type AlertView = z.input<typeof alertView>;

/** What a log says of alerts up to a number: the last word on each, and which incidents were merged into this one. */
export interface AlertsFold {
  readonly last: number;
  readonly words: ReadonlyMap<string, AlertEntry>;
  readonly absorbed: readonly IncidentId[];
}

/** What a log says of alerts before its first fact. */
export const noAlerts: AlertsFold = { last: 0, words: new Map(), absorbed: [] };

/** Folds the facts that follow; those that are in the fold already change nothing. */
export function foldAlerts(before: AlertsFold, facts: readonly LoggedFact[]): AlertsFold {
  const later = facts.filter(({ seq }) => seq > before.last).sort((a, b) => a.seq - b.seq);
  const changes = later.flatMap((fact) => (fact.type === 'alerts.changed' ? fact.data.entries : []));
  const absorbed = later.flatMap((fact) => (fact.type === 'incident.absorbed' ? [fact.data.from] : []));
  return {
    last: later.at(-1)?.seq ?? before.last,
    words: changes.length === 0 ? before.words : withWords(before.words, changes),
    absorbed: absorbed.length === 0 ? before.absorbed : [...new Set([...before.absorbed, ...absorbed])],
  };
}

/** In the order in which alerts joined. */
function withWords(before: AlertsFold['words'], changes: readonly AlertEntry[]): AlertsFold['words'] {
  const words = new Map(before);
  for (const entry of changes) words.set(entry.fingerprint, entry);
  return words;
}

/**
 * The alerts of an incident in the order in which they joined, each as the last fact has it; then those that are only in the
 * logs of incidents that were merged into it.
 */
export function membersIn(own: AlertsFold, absorbed: readonly AlertsFold[] = []): readonly AlertEntry[] {
  const members = new Map(own.words);
  for (const { words } of absorbed) {
    for (const [fingerprint, entry] of words) {
      if (!members.has(fingerprint)) members.set(fingerprint, entry);
    }
  }
  return [...members.values()];
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
    ...{ fingerprint, title, state, severity: knownSeverity(severity), at: toText(at) },
    ...{ labels: { ...described?.labels }, links: [...(described?.links ?? [])] },
    ...(count && { received: count.received }),
    ...(count && count.received > 0 && { lastReceivedAt: toText(count.lastAt) }),
  };
}
