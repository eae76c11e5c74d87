import { knownSeverity, type Severity, severities } from '../alerts/index.ts';
import { DAY, type Duration, type IncidentId, type Instant, monthOf } from '../kernel/index.ts';
import { type Incident, type IncidentState, isOpen } from './incident.ts';

/** How far back a list of the past goes when nobody says. */
export const LISTED: Duration = 400 * DAY;

/** What a list is asked for. */
export interface Filter {
  readonly state?: IncidentState | 'open' | undefined;
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  /** That instant included. */
  readonly openedAfter?: Instant | undefined;
  /** That instant excluded. */
  readonly openedBefore?: Instant | undefined;
}

/** A place in the order of a list: newest first, equal times by id from the last. */
export interface Place {
  readonly openedAt: Instant;
  readonly id: string;
}

/** Below zero when `a` comes first in a list. */
export function compareNewest(a: Place, b: Place): number {
  return b.openedAt - a.openedAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

/** Whether a list with this filter shows the incident; a deleted one is in no list. */
export function isListed(incident: Incident, filter: Filter): boolean {
  const { state, severity, service, openedAfter, openedBefore } = filter;
  return (
    incident.deletedAt === undefined &&
    (state === undefined || (state === 'open' ? isOpen(incident) : incident.state === state)) &&
    (severity === undefined || incident.severity === severity) &&
    (service === undefined || incident.service === service) &&
    (openedAfter === undefined || incident.openedAt >= openedAfter) &&
    (openedBefore === undefined || incident.openedAt < openedBefore)
  );
}

/** The months (`2026-11`) from the one of `newest` back to the one of `oldest`, both included; none when they are the wrong way round. */
export function monthsBack(newest: Instant, oldest: Instant): readonly string[] {
  const [first, last] = [monthNumber(newest), monthNumber(oldest)];
  return Array.from({ length: Math.max(0, first - last + 1) }, (_, back) =>
    monthOf(Date.UTC(1970, first - back)),
  );
}

/** Whole months since the epoch. */
function monthNumber(instant: Instant): number {
  const [year, month] = monthOf(instant).split('-').map(Number);
  return ((year ?? 1970) - 1970) * 12 + (month ?? 1) - 1;
}

/** Incidents of several sources as one list: each once, the first source's word counts, newest first. */
export function mergedNewest(...sources: readonly (readonly Incident[])[]): readonly Incident[] {
  const byId = new Map<IncidentId, Incident>();
  for (const incident of sources.flat()) if (!byId.has(incident.id)) byId.set(incident.id, incident);
  return [...byId.values()].sort(compareNewest);
}

/** How many there are of each severity; zero where there is none. */
export function countBySeverity(incidents: readonly Incident[]): Readonly<Record<Severity, number>> {
  const counts = Object.fromEntries(severities.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { severity } of incidents) counts[knownSeverity(severity)]++;
  return counts;
}
