import { SECOND } from '../../shared/kernel/index.ts';
import {
  type Cluster,
  isRefused,
  type Reached,
  reachedBy,
  versionRequest,
} from '../../shared/runbooks/index.ts';
import type { ClusterTestMessage } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { settleClusterTest } from '../aws/cluster-tests.ts';
import { loadCluster } from '../aws/clusters.ts';
import { OutboundFailure } from '../edge/outbound.ts';
import { askCluster, tokenOf } from './ask-cluster.ts';

/** Less than the function may run. */
const LONGEST = 7 * SECOND;

/** Asks a cluster for its version with the credentials that steps use, and keeps what came of it. */
export async function tryCluster({ org, cluster: name, askedAt }: ClusterTestMessage): Promise<void> {
  const cluster = await loadCluster(org, name);
  if (cluster === undefined) return;
  const token = await tokenOf(org, cluster);
  const outcome = isRefused(token)
    ? { isReached: false, says: token.refused }
    : await reached(cluster, token.value);
  await settleClusterTest(org, name, askedAt, { ...outcome, at: clock.now() });
}

async function reached(cluster: Cluster, token: string): Promise<Reached> {
  try {
    return reachedBy(await askCluster(versionRequest, cluster, { token, until: clock.now() + LONGEST }));
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    return { isReached: false, says: `No answer: ${error.message}.` };
  }
}
