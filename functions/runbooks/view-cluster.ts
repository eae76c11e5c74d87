import { toText } from '../../shared/kernel/index.ts';
import type { Cluster } from '../../shared/runbooks/index.ts';

/** A cluster as the API shows it: never its token, nor which one counts. */
export function viewCluster({ auth, updatedAt, verbs, namespaces, ...cluster }: Cluster) {
  const shown = auth.kind === 'eks' ? auth : { kind: auth.kind };
  return {
    ...cluster,
    verbs: [...verbs],
    namespaces: [...namespaces],
    auth: shown,
    updatedAt: toText(updatedAt),
  };
}
