import { type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import {
  type Cluster,
  type EffectResult,
  type KubeAnswer,
  type KubectlCall,
  type KubeRequest,
  kubeTalk,
} from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { clusterToken } from '../aws/clusters.ts';
import { eksToken } from '../aws/eks-token.ts';
import { send } from '../edge/outbound.ts';
import type { Performing } from './perform.ts';
import { unanswered } from './unanswered.ts';

/** Where a command goes. */
interface Sent {
  readonly call: KubectlCall;
  readonly cluster: Cluster;
}

/** Carries out a `kubectl:` step as requests to the API of its cluster, one after the other. */
export async function performKubectl(
  { call, cluster }: Sent,
  { run, until }: Pick<Performing, 'run' | 'until'>,
): Promise<EffectResult> {
  const token = await tokenOf(run.org, cluster);
  if (token === undefined)
    return { is: 'failed', reason: `The token of the cluster '${cluster.name}' is gone` };
  const talk = kubeTalk(call, clock.now());
  let turn = talk.next();
  while (!turn.done) {
    const { method } = turn.value;
    try {
      turn = talk.next(await ask(turn.value, cluster, { token, until }));
    } catch (error) {
      return unanswered(error, method === 'GET');
    }
  }
  return turn.value;
}

async function ask(
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

function tokenOf(org: OrganisationId, { name, auth }: Cluster): Promise<string | undefined> {
  return auth.kind === 'eks' ? eksToken(auth.cluster, auth.region) : clusterToken(org, name, auth.version);
}
