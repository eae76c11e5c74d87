import { runbooksApi } from '../../shared/runbooks/api.ts';
import { listClusters } from '../aws/clusters.ts';
import { verb } from '../edge/verb.ts';
import { viewCluster } from './view-cluster.ts';

/** The clusters that `kubectl:` steps may reach. */
export const clusters = verb({
  api: runbooksApi['list-clusters'],
  run: async ({ ctx }) => ({ items: (await listClusters(ctx.org)).map(viewCluster) }),
});
