import { Refusal } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { loadCluster } from '../aws/clusters.ts';
import { verb } from '../edge/verb.ts';
import { viewCluster } from './view-cluster.ts';

/** One cluster. */
export const getCluster = verb({
  api: runbooksApi['get-cluster'],
  run: async ({ ctx, params: { name } }) => {
    const cluster = await loadCluster(ctx.org, name);
    if (cluster !== undefined) return viewCluster(cluster);
    throw new Refusal('not_found', `There is no cluster '${name}' here.`, 'path.name');
  },
});
