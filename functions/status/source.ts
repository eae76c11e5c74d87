import { type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import type { IncidentSource } from '../../shared/status/index.ts';
import { loadIncident } from '../aws/incident-log.ts';

/** Refuses an incident that is not the organisation's. */
export async function checkSource(org: OrganisationId, { incident }: IncidentSource): Promise<void> {
  const found = await loadIncident(org, incident);
  if (found && found.deletedAt === undefined) return;
  throw new Refusal('invalid', `There is no incident '${incident}' here.`, 'body.source.incident');
}
