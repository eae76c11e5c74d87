import { type ControlFact, evolveIncident, type Incident } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId, Placed } from '../../shared/kernel/index.ts';
import type { Recording } from './incident-rows.ts';

/** The incident after facts that have no number yet, to decide on; what is stored is what `evolvedBy` gives. */
export function evolved(
  before: Incident | undefined,
  facts: readonly ControlFact[],
  org: OrganisationId,
  incidentId: IncidentId,
  { actor, now }: Recording,
): Incident {
  const recorded = { org, incidentId, actor, recordedAt: now };
  return existing(facts.reduce((incident, fact) => evolveIncident(incident, fact, recorded), before));
}

/** The incident after these facts of its log. */
export function evolvedBy(before: Incident | undefined, facts: readonly (ControlFact & Placed)[]): Incident {
  return existing(facts.reduce((incident, fact) => evolveIncident(incident, fact, fact), before));
}

function existing(incident: Incident | undefined): Incident {
  if (!incident) throw new Error('An incident without facts');
  return incident;
}
