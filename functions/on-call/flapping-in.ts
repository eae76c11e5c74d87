import { type FlappingSettings, flapsUntil, type IncidentRecord } from '../../shared/detection/index.ts';
import { type Incident, isOpen, type LoggedFact } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { readHeads } from '../aws/alert-heads.ts';

/** Alerts that the log says to flap whose heads are looked at: those told of last. */
const MOST = 50;

/** The alert of an open incident that flaps, and has to be quiet for longest; nothing where none does. */
export async function flappingIn(
  incident: Incident,
  facts: readonly LoggedFact[],
  { now, settings }: { readonly now: Instant; readonly settings: FlappingSettings | undefined },
): Promise<Pick<IncidentRecord, 'flapping'>> {
  if (!isOpen(incident)) return {};
  const told = facts.flatMap((fact) =>
    fact.type === 'alerts.changed' ? fact.data.entries.filter(({ flapping }) => flapping) : [],
  );
  const named = new Map(told.map(({ fingerprint, title }) => [fingerprint, title]));
  if (named.size === 0) return {};
  const heads = await readHeads(incident.org, [...named.keys()].slice(-MOST));
  const [last] = [...heads.values()]
    .map((head) => ({ title: named.get(head.fingerprint) ?? '', until: flapsUntil(head, settings) ?? 0 }))
    .filter(({ until }) => until > now)
    .toSorted((a, b) => b.until - a.until);
  return last ? { flapping: last } : {};
}
