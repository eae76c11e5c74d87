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
import { setting } from '../aws/settings.ts';
import { tellLeftOut } from '../edge/left-out.ts';
import { OutboundFailure } from '../edge/outbound-failure.ts';
import { originsIn, targetOf } from '../edge/outbound-target.ts';
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
    addressFault,
    functions: namesIn('runbookFunctions'),
    documents: namesIn('runbookDocuments'),
  };
  return { incident, around };
}

function refusedIn(org: OrganisationId, clusters: readonly Cluster[]): ReadonlyMap<string, string> {
  const allowed = eksAllowed();
  return new Map(
    clusters.flatMap((cluster) => {
      const fault = eksFault(org, cluster, allowed)?.message ?? addressFault(cluster.endpoint, cluster);
      return fault === undefined ? [] : [[cluster.name, fault] as const];
    }),
  );
}

/** What the client for requests would say of an address before it connects, so that a dry run says it too. */
function addressFault(url: string, cluster?: Pick<Cluster, 'privateEndpoint'>): string | undefined {
  try {
    targetOf(url, originsIn(setting('allowedEndpoints')), cluster && { isPrivate: cluster.privateEndpoint });
    return undefined;
  } catch (error) {
    if (error instanceof OutboundFailure) return error.message;
    throw error;
  }
}
