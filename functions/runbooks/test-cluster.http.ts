import { runbooksApi } from '../../shared/runbooks/api.ts';
import { clock } from '../aws/clock.ts';
import { beginClusterTest } from '../aws/cluster-tests.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { knownCluster } from './known-cluster.ts';
import { sendClusterTest } from './messages.ts';
import { viewCluster } from './view-cluster.ts';

/** Has the worker that carries out steps look whether a cluster can be reached: it has the network and the role that count. */
export const testCluster = verb({
  api: runbooksApi['test-cluster'],
  run: async ({ ctx: { org }, params: { name } }) => {
    const cluster = await knownCluster(org, name);
    const test = await beginClusterTest(org, cluster, clock.now());
    await sendClusterTest({ kind: 'cluster-test', org, cluster: name, askedAt: test.askedAt });
    return reply(202, viewCluster(cluster, test));
  },
});
