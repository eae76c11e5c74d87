import type * as z from 'zod';
import { type Count, knownSeverity, type Link } from '../alerts/index.ts';
import { type IncidentId, toText } from '../kernel/index.ts';
import type { alertView } from './alerts-api.ts';
import type { AlertEntry, LoggedFact } from './facts.ts';

export type AlertView = z.input<typeof alertView>;

/**
 * What a log says of alerts up to a number: the last word on each, which incidents were merged into this one, and which alerts were
 * taken out of it.
 */
export interface AlertsFold {
  readonly last: number;
  readonly words: ReadonlyMap<string, AlertEntry>;
  readonly absorbed: readonly IncidentId[];
  /** Those that were split off and did not come again; of absorbed incidents too. */
  readonly gone: readonly string[];
}

/** What a log says of alerts before its first fact. */
export const noAlerts: AlertsFold = { last: 0, words: new Map(), absorbed: [], gone: [] };

/** Folds the facts that follow; those that are in the fold already change nothing. */
export function foldAlerts(before: AlertsFold, facts: readonly LoggedFact[]): AlertsFold {
  const later = facts.filter(({ seq }) => seq > before.last).sort((a, b) => a.seq - b.seq);
  const absorbed = later.flatMap((fact) => (fact.type === 'incident.absorbed' ? [fact.data.from] : []));
  return {
    last: later.at(-1)?.seq ?? before.last,
    ...words(before, later),
    absorbed: absorbed.length === 0 ? before.absorbed : [...new Set([...before.absorbed, ...absorbed])],
  };
}

/** In the order in which alerts joined; without those that left. */
function words(before: AlertsFold, later: readonly LoggedFact[]): Pick<AlertsFold, 'words' | 'gone'> {
  if (!later.some(({ type }) => type === 'alerts.changed' || type === 'incident.split')) {
    return { words: before.words, gone: before.gone };
  }
  const words = new Map(before.words);
  const gone = new Set(before.gone);
  for (const fact of later) {
    for (const entry of fact.type === 'alerts.changed' ? fact.data.entries : []) {
      words.set(entry.fingerprint, entry);
      gone.delete(entry.fingerprint);
    }
    for (const fingerprint of fact.type === 'incident.split' ? fact.data.alerts : []) {
      words.delete(fingerprint);
      gone.add(fingerprint);
    }
  }
  return { words, gone: [...gone] };
}

/**
 * The alerts of an incident in the order in which they joined, each as the last fact has it; then those that are only in the
 * logs of incidents that were merged into it.
 */
export function membersIn(own: AlertsFold, absorbed: readonly AlertsFold[] = []): readonly AlertEntry[] {
  const members = new Map(own.words);
  const gone = new Set(own.gone);
  for (const { words } of absorbed) {
    for (const [fingerprint, entry] of words) {
      if (!members.has(fingerprint) && !gone.has(fingerprint)) members.set(fingerprint, entry);
    }
  }
  return [...members.values()];
}

/** How many distinct alerts are in which state. */
export function summarizeAlerts(members: readonly AlertEntry[]) {
  const summary = { total: members.length, firing: 0, acknowledged: 0, resolved: 0 };
  for (const { state } of members) summary[state]++;
  const flapping = members.filter((member) => member.flapping && member.state !== 'resolved').length;
  return { ...summary, ...(flapping > 0 && { flapping }) };
}

/** What is known of an alert beside the incident's log: how its source describes it, and how often it was received. */
export interface AboutAlert {
  readonly described?: { readonly labels: Readonly<Record<string, string>>; readonly links: readonly Link[] };
  readonly count?: Count;
}

/** Labels by name: sources tell the same ones in any order. */
export const sortedLabels = (labels: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** An alert of an incident as the API shows it; what is counted goes with it when it is known. */
export function viewAlert(entry: AlertEntry, { described, count }: AboutAlert): AlertView {
  const { fingerprint, title, state, severity, at } = entry;
  return {
    ...{ fingerprint, title, state, severity: knownSeverity(severity), at: toText(at) },
    ...(entry.flapping && { flapping: true as const }),
    ...{ labels: sortedLabels(described?.labels ?? {}), links: [...(described?.links ?? [])] },
    ...(count && { received: count.received }),
    ...(count && count.received > 0 && { lastReceivedAt: toText(count.lastAt) }),
  };
}
