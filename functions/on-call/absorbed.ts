import type { AbsorbedLog } from '../../shared/detection/index.ts';
import { type Incident, isMerged, type LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadIncident } from '../aws/incident-log.ts';
import { boundedLog } from '../aws/log-pages.ts';

/** Logs of merged incidents that one explanation reads. */
const MOST = 20;

/** The incidents that were merged into the one of this log, and into those, with their logs; and how many were left out. */
export async function absorbedInto(
  org: OrganisationId,
  facts: readonly LoggedFact[],
): Promise<{ readonly absorbed: readonly AbsorbedLog[]; readonly unread: number }> {
  const absorbed: AbsorbedLog[] = [];
  const asked = new Set<IncidentId>();
  let unread = 0;
  for (let wanted = absorbedIn([facts]); wanted.length > 0; ) {
    const some = wanted.slice(0, MOST - absorbed.length);
    unread += wanted.length - some.length;
    for (const id of wanted) asked.add(id);
    const read = (await allDone(some.map((id) => absorbedLog(org, id)))).flat();
    absorbed.push(...read);
    wanted = absorbedIn(read.map((one) => one.facts)).filter((id) => !asked.has(id));
  }
  return { absorbed, unread };
}

/** So often one is followed that was merged into another, which was merged into a third. */
const MOST_MERGES = 8;

/** What an incident was merged into, and that, one after the other, with their logs: people may have moved its alerts on from there. */
export async function mergedOn(org: OrganisationId, from: Incident): Promise<readonly AbsorbedLog[]> {
  const on: AbsorbedLog[] = [];
  for (let at = from; isMerged(at) && on.length < MOST_MERGES; ) {
    const [next] = await absorbedLog(org, at.mergedInto as IncidentId);
    if (!next) break;
    on.push(next);
    at = next.incident;
  }
  return on;
}

function absorbedIn(logs: readonly (readonly LoggedFact[])[]): readonly IncidentId[] {
  const ids = logs.flat().flatMap((fact) => (fact.type === 'incident.absorbed' ? [fact.data.from] : []));
  return [...new Set(ids)];
}

async function absorbedLog(org: OrganisationId, id: IncidentId): Promise<readonly AbsorbedLog[]> {
  const [incident, { facts }] = await allDone([loadIncident(org, id), boundedLog(org, id)]);
  return incident ? [{ incident, facts }] : [];
}
