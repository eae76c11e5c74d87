import { type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import {
  type Cluster,
  eksFault,
  type KubeAnswer,
  type KubeRequest,
  type Parsed,
} from '../../shared/runbooks/index.ts';
import { clusterToken } from '../aws/clusters.ts';
import { eksToken } from '../aws/eks-token.ts';
import { send } from '../edge/outbound.ts';
import { eksAllowed } from './eks-allowed.ts';

/** One request to the API of a cluster, with the credentials that it knows us by. */
export async function askCluster(
  { method, path, accept = 'application/json', contentType, body }: KubeRequest,
  { endpoint, ca, privateEndpoint }: Cluster,
  { token, until }: { readonly token: string; readonly until: number },
): Promise<KubeAnswer> {
  const request = {
    ...{ method, url: `${endpoint}${path}` },
    headers: {
      ...{ accept, authorization: `Bearer ${token}` },
      ...(contentType !== undefined && { 'content-type': contentType }),
    },
    ...(body !== undefined && { body }),
    cluster: { ca, isPrivate: privateEndpoint },
  };
  return send(request, {
    ...{ until, time: 4 * SECOND, bytes: MOST_READ },
    // What changes something is sent once: a lost answer is for a person to judge.
    ...(method === 'GET' ? { tries: 2, repeatable: true } : { tries: 1, repeatable: false }),
  });
}

/** Lists of pods and replica sets of one workload, with all their fields. */
const MOST_READ = 2 * 1024 * 1024;

/** What shows a cluster who we are, or why nothing may or can. */
export async function tokenOf(org: OrganisationId, cluster: Cluster): Promise<Parsed<string>> {
  const { name, auth } = cluster;
  if (auth.kind === 'eks') {
    // Again, since who runs the system may have taken it back, or it was registered before it had to be allowed.
    const fault = eksFault(org, cluster, eksAllowed());
    return fault === undefined
      ? { value: await eksToken(auth.cluster, auth.region) }
      : { refused: fault.message };
  }
  const token = await clusterToken(org, name, auth.version);
  if (token !== undefined) return { value: token };
  return { refused: `The token of the cluster '${name}' is gone; give it anew.` };
}
