import { toText } from '../../shared/kernel/index.ts';
import type { Cluster } from '../../shared/runbooks/index.ts';
import type { ClusterTest } from '../aws/cluster-tests.ts';

/** A cluster as the API shows it: never its token, nor which one counts; with its last test, if that was of it as it is now. */
export function viewCluster({ auth, updatedAt, verbs, namespaces, ...cluster }: Cluster, test?: ClusterTest) {
  const shown = auth.kind === 'eks' ? auth : { kind: auth.kind };
  return {
    ...cluster,
    verbs: [...verbs],
    namespaces: [...namespaces],
    auth: shown,
    updatedAt: toText(updatedAt),
    ...(test !== undefined && test.of === updatedAt && { tested: viewTest(test) }),
  };
}

function viewTest({ askedAt, outcome }: ClusterTest) {
  if (outcome === undefined) return { state: 'asked', at: toText(askedAt) } as const;
  const { isReached, says, at } = outcome;
  return { state: isReached ? 'reached' : 'failed', at: toText(at), says } as const;
}
