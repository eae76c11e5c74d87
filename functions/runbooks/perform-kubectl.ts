import {
  type Cluster,
  type EffectResult,
  isRefused,
  type KubectlCall,
  kubeTalk,
} from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { askCluster, tokenOf } from './ask-cluster.ts';
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
  { run, until, token: started }: Pick<Performing, 'run' | 'until' | 'token'>,
): Promise<EffectResult> {
  const token = await tokenOf(run.org, cluster);
  if (isRefused(token)) return { is: 'failed', reason: token.refused };
  const talk = kubeTalk(call, clock.now());
  let turn = talk.next();
  while (!turn.done) {
    const { method } = turn.value;
    try {
      turn = talk.next(await askCluster(turn.value, cluster, { token: token.value, until }));
    } catch (error) {
      const result = unanswered(error, method === 'GET');
      // A look that fails says nothing about the rollout, which goes on.
      return started !== undefined && 'reason' in result ? { is: 'unknown', reason: result.reason } : result;
    }
  }
  return turn.value;
}
