import type { IncidentRecord } from '../../shared/detection/index.ts';
import type { LoggedFact } from '../../shared/incidents/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { readHeads } from '../aws/alert-heads.ts';

/** Alerts of an incident of which it is looked whether they were held back before they came in: those that came first. */
const MOST = 25;

/** What is known of the alerts that came first. */
export async function firstHeads(
  org: OrganisationId,
  facts: readonly LoggedFact[],
): Promise<Pick<IncidentRecord, 'heads'>> {
  const told = facts.flatMap((fact) => (fact.type === 'alerts.changed' ? fact.data.entries : []));
  const first = [...new Set(told.map(({ fingerprint }) => fingerprint))].slice(0, MOST);
  return { heads: await readHeads(org, first) };
}
