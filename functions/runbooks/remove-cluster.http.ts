import { Refusal } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { removeCluster } from '../aws/clusters.ts';
import { verb } from '../edge/verb.ts';

/** Forgets a cluster and its token. */
export const forget = verb({
  api: runbooksApi['remove-cluster'],
  run: async ({ ctx, params: { name } }) => {
    if (await removeCluster(ctx.org, name)) return undefined;
    throw new Refusal('not_found', `There is no cluster '${name}' here.`, 'path.name');
  },
});
