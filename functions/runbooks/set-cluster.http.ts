import { Refusal } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { clusterFields, eksFault } from '../../shared/runbooks/index.ts';
import { setCluster } from '../aws/clusters.ts';
import { parseInput } from '../edge/input.ts';
import { verb } from '../edge/verb.ts';
import { eksAllowed } from './eks-allowed.ts';
import { viewCluster } from './view-cluster.ts';

/** Registers a cluster, or changes it. Its token leaves the system only on its way to that cluster. */
export const register = verb({
  api: runbooksApi['set-cluster'],
  run: async ({ ctx, params: { name }, body, attempt }) => {
    const fields = parseInput(clusterFields, body, 'body', { secret: true });
    const fault = eksFault(ctx.org, fields, eksAllowed());
    if (fault !== undefined) throw new Refusal('invalid', fault.message, `body.${fault.path}`);
    const by = { actor: ctx.actor, at: attempt.at, version: attempt.seed };
    const cluster = await setCluster(ctx.org, name, fields, by);
    if (cluster !== undefined) return viewCluster(cluster);
    throw new Refusal(
      'invalid',
      `The cluster '${name}' has no token for this place; give one. A change of endpoint, ca or privateEndpoint takes it anew.`,
      'body.auth.token',
    );
  },
});
