import { runbooksApi } from '../../shared/runbooks/api.ts';
import { allDone } from '../aws/all-done.ts';
import { clusterTests } from '../aws/cluster-tests.ts';
import { verb } from '../edge/verb.ts';
import { knownCluster } from './known-cluster.ts';
import { viewCluster } from './view-cluster.ts';

/** One cluster, with the last test of its connection. */
export const getCluster = verb({
  api: runbooksApi['get-cluster'],
  run: async ({ ctx: { org }, params: { name } }) => {
    const [cluster, tests] = await allDone([knownCluster(org, name), clusterTests(org)]);
    return viewCluster(cluster, tests.get(name));
  },
});
