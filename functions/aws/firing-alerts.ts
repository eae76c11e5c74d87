import type { FiringAlert } from '../../shared/alerts/index.ts';
import { type AlertHead, isActive } from '../../shared/detection/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { readHeads } from './alert-heads.ts';
import { allDone } from './all-done.ts';
import { listOpen } from './incident-lists.ts';
import { latestFacts } from './log-pages.ts';

/** The newest open incidents that are looked at, and alerts of all of them. */
const [MOST_INCIDENTS, MOST_ALERTS] = [50, 500];

/** The alerts that fire in open incidents, and whether these are all: of each incident those that the newest page of its log tells of. */
export async function firingAlerts(
  org: OrganisationId,
): Promise<{ readonly alerts: readonly FiringAlert[]; readonly isWhole: boolean }> {
  const open = await listOpen(org);
  const told = await allDone(open.slice(0, MOST_INCIDENTS).map(({ id }) => toldOf(org, id)));
  const all = told.flatMap(({ members }) => members);
  const some = all.slice(0, MOST_ALERTS);
  const heads = await readHeads(org, [...new Set(some.map(({ fingerprint }) => fingerprint))]);
  const alerts = some.flatMap(({ fingerprint, incident }) => {
    const head = heads.get(fingerprint);
    return head && isActive(head) ? [{ fingerprint, incident, ...subjectOf(head) }] : [];
  });
  const isWhole =
    open.length <= MOST_INCIDENTS && all.length <= MOST_ALERTS && told.every((one) => one.isWhole);
  return { alerts, isWhole };
}

/** The alerts that did not end by the word of the log. */
async function toldOf(org: OrganisationId, incident: IncidentId) {
  for await (const facts of latestFacts(org, incident)) {
    const entries = facts
      .toReversed()
      .flatMap((fact) => (fact.type === 'alerts.changed' ? fact.data.entries : []));
    const last = new Map(entries.map(({ fingerprint, state }) => [fingerprint, state]));
    const members = [...last].flatMap(([fingerprint, state]) =>
      state === 'resolved' ? [] : [{ fingerprint, incident }],
    );
    return { members, isWhole: facts.some(({ seq }) => seq === 1) };
  }
  return { members: [], isWhole: true };
}

function subjectOf({ labels, title, service, severity, source, integration }: AlertHead) {
  return {
    labels,
    fields: {
      ...{ source, integration },
      ...(title !== undefined && { title }),
      ...(service !== undefined && { service }),
      ...(severity !== undefined && { severity }),
    },
  };
}
