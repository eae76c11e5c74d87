import { type OrganisationId, Refusal } from '../../shared/kernel/index.ts';
import type { Cluster } from '../../shared/runbooks/index.ts';
import { loadCluster } from '../aws/clusters.ts';

/** The cluster of this name; `not_found` when there is none here. */
export async function knownCluster(org: OrganisationId, name: string): Promise<Cluster> {
  const cluster = await loadCluster(org, name);
  if (cluster !== undefined) return cluster;
  throw new Refusal('not_found', `There is no cluster '${name}' here.`, 'path.name');
}
