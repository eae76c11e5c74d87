import type { Incident } from '../../shared/incidents/index.ts';
import { type IncidentId, type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import { loadIncident } from '../aws/incident-log.ts';

/** The incident as people may see it; `not_found` when there is none here or it was deleted. */
export async function visibleIncident(org: OrganisationId, id: IncidentId): Promise<Incident> {
  return seenIncident(await loadIncident(org, id), id);
}

/** An incident that was loaded, as people may see it; `not_found` as `visibleIncident`. */
export function seenIncident(incident: Incident | undefined, id: IncidentId): Incident {
  if (incident && incident.deletedAt === undefined) return incident;
  throw new Refusal('not_found', `There is no incident '${id}' here.`, 'path.id');
}
