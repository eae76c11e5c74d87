import type { SignalState } from '../../shared/alerts/index.ts';
import { type AlertHead, isActive, isOnIn } from '../../shared/detection/index.ts';
import type { Incident } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { readHeads } from './alert-heads.ts';
import { allDone } from './all-done.ts';
import { listOpen } from './incident-lists.ts';
import { latestFacts } from './log-pages.ts';

/** The open incidents that are looked at, and alerts of all of them. */
const [MOST_INCIDENTS, MOST_ALERTS] = [50, 500];

/** Alerts that fire, each with the incident that it is in. */
interface FiringAlerts {
  readonly alerts: readonly { readonly head: AlertHead; readonly incident: IncidentId }[];
  /** Of all that is open. */
  readonly services: readonly string[];
  readonly isWhole: boolean;
  /** How many were looked at, and how many incidents are open. */
  readonly lookedAt: { readonly alerts: number; readonly incidents: number; readonly ofIncidents: number };
}

/**
 * The alerts that fire in open incidents, and whether these are all: of each incident those that the newest page of its log tells of.
 * Incidents that somebody asks for come first, then the newest; alerts of small ones come before those of a storm.
 */
export async function firingAlerts(
  org: OrganisationId,
  isWanted: (incident: Incident) => boolean,
): Promise<FiringAlerts> {
  const open = await listOpen(org);
  const [wanted, others] = [open.filter(isWanted), open.filter((one) => !isWanted(one))];
  const incidents = [...wanted, ...others].slice(0, MOST_INCIDENTS);
  const told = await allDone(incidents.map(({ id }) => toldOf(org, id)));
  const [first, later] = [told.slice(0, wanted.length), told.slice(wanted.length)];
  const all = [...bySize(first), ...bySize(later)].flatMap(({ members }) => members);
  const some = all.slice(0, MOST_ALERTS);
  const heads = await readHeads(org, [...new Set(some.map(({ fingerprint }) => fingerprint))]);
  const openIds = new Set(open.map(({ id }) => id));
  const alerts = some.flatMap(({ fingerprint, incident }) => {
    const head = heads.get(fingerprint);
    return head && isActive(head) && !isElsewhere(head, incident, openIds) ? [{ head, incident }] : [];
  });
  const isWhole =
    open.length <= MOST_INCIDENTS && all.length <= MOST_ALERTS && told.every((one) => one.isWhole);
  const lookedAt = { alerts: some.length, incidents: incidents.length, ofIncidents: open.length };
  return { alerts, services: open.flatMap(({ service }) => service ?? []), isWhole, lookedAt };
}

/** A log tells of an alert that a person split off, too; one that came with what was merged into it names that. */
function isElsewhere({ memberships }: AlertHead, id: IncidentId, open: ReadonlySet<IncidentId>): boolean {
  const own = memberships.map(({ incident }) => incident);
  return !own.includes(id) && own.some((one) => open.has(one));
}

const bySize = <Told extends { readonly members: readonly unknown[] }>(told: readonly Told[]) =>
  told.toSorted((one, other) => one.members.length - other.members.length);

/** The alerts that did not end by the word of the log. */
async function toldOf(org: OrganisationId, incident: IncidentId) {
  const { states, isWhole } = await alertsTold(org, incident);
  const members = [...states].flatMap(([fingerprint, state]) =>
    state === 'resolved' ? [] : [{ fingerprint, incident }],
  );
  return { members, isWhole };
}

/** The alerts that the newest page of a log tells of, each with its last state; whether these are all, with no other incident's. */
async function alertsTold(org: OrganisationId, incident: IncidentId) {
  for await (const facts of latestFacts(org, incident)) {
    const entries = facts
      .toReversed()
      .flatMap((fact) => (fact.type === 'alerts.changed' ? fact.data.entries : []));
    const states = new Map(entries.map(({ fingerprint, state }) => [fingerprint, state]));
    const isAlone = !facts.some(({ type }) => type === 'incident.absorbed');
    return { states, isWhole: isAlone && facts.some(({ seq }) => seq === 1) };
  }
  return { states: new Map<string, SignalState>(), isWhole: true };
}

/** The alerts of an incident that are on and count; undefined when they are too many to look at, or others were merged into it. */
export async function alertsOn(
  org: OrganisationId,
  incident: IncidentId,
): Promise<readonly AlertHead[] | undefined> {
  const { states, isWhole } = await alertsTold(org, incident);
  if (!isWhole || states.size > MOST_ALERTS) return undefined;
  const heads = [...(await readHeads(org, [...states.keys()])).values()];
  return heads.filter((head) => isOnIn(head, incident));
}
