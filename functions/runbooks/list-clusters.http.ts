import { runbooksApi } from '../../shared/runbooks/api.ts';
import { allDone } from '../aws/all-done.ts';
import { clusterTests } from '../aws/cluster-tests.ts';
import { listClusters } from '../aws/clusters.ts';
import { verb } from '../edge/verb.ts';
import { viewCluster } from './view-cluster.ts';

/** The clusters that `kubectl:` steps may reach, each with the last test of its connection. */
export const clusters = verb({
  api: runbooksApi['list-clusters'],
  run: async ({ ctx: { org } }) => {
    const [there, tests] = await allDone([listClusters(org), clusterTests(org)]);
    return { items: there.map((cluster) => viewCluster(cluster, tests.get(cluster.name))) };
  },
});
