import type { Incident } from '../../shared/incidents/index.ts';
import type { OrganisationId } from '../../shared/kernel/index.ts';
import { type Proposal, proposalsOf, sourcesOf } from '../../shared/status/index.ts';
import { allDone } from '../aws/all-done.ts';
import { listOpen } from '../aws/incident-lists.ts';
import { loadIncident } from '../aws/incident-log.ts';
import { type LoadedPage, loadPage, pageOfOrganisation } from '../aws/page-log.ts';

/** The organisation's page, and what its incidents propose to tell there. */
export async function loadProposed(
  org: OrganisationId,
): Promise<LoadedPage & { readonly proposals: readonly Proposal[] }> {
  const [loaded, open] = await allDone([loadPage(org, pageOfOrganisation(org)), listOpen(org)]);
  const others = sourcesOf(loaded.state).filter((id) => !open.some((incident) => incident.id === id));
  const sources = await allDone(others.map((id) => loadIncident(org, id)));
  const incidents: readonly Incident[] = [...open, ...sources.filter((one) => one !== undefined)];
  return { ...loaded, proposals: proposalsOf(loaded.state, incidents) };
}
