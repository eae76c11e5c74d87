import type { Incident } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import {
  baseFor,
  type Cluster,
  eksFault,
  type Runbook,
  type Surroundings,
} from '../../shared/runbooks/index.ts';
import { allDone } from '../aws/all-done.ts';
import { listClusters } from '../aws/clusters.ts';
import { loadConfiguration } from '../aws/configuration.ts';
import { loadIncident } from '../aws/incident-log.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { eksAllowed } from './eks-allowed.ts';
import { namesIn } from './names-in.ts';

/** What commands of a runbook are filled with and what they may reach. */
export interface Around {
  readonly incident: Incident | undefined;
  readonly around: Surroundings;
}

/** Loads what decides what the commands of a runbook may reach. */
export async function surroundings(
  org: OrganisationId,
  runbook: Pick<Runbook, 'baseUrl'>,
  incidentId: IncidentId | undefined,
): Promise<Around> {
  const [incident, clusters, { body }] = await allDone([
    incidentId === undefined ? Promise.resolve(undefined) : loadIncident(org, incidentId),
    listClusters(org),
    loadConfiguration(org, tellLeftOut),
  ]);
  const base = baseFor(runbook, body.runbooks, incident?.service);
  const around: Surroundings = {
    base,
    clusters,
    refused: refusedIn(org, clusters),
    functions: namesIn('runbookFunctions'),
    documents: namesIn('runbookDocuments'),
  };
  return { incident, around };
}

function refusedIn(org: OrganisationId, clusters: readonly Cluster[]): ReadonlyMap<string, string> {
  const allowed = eksAllowed();
  return new Map(
    clusters.flatMap((cluster) => {
      const fault = eksFault(org, cluster, allowed);
      return fault === undefined ? [] : [[cluster.name, fault.message] as const];
    }),
  );
}
