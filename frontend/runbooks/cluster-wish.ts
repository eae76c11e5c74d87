import { type KubectlVerb, kubectlVerbs } from '../../shared/runbooks/kubectl.ts';
import type { Cluster } from './use-clusters.ts';

/** A cluster as it is written in the form. */
export interface ClusterWish {
  readonly name: string;
  readonly endpoint: string;
  readonly ca: string;
  readonly verbs: readonly string[];
  /** Divided by commas or blanks. */
  readonly namespaces: string;
  readonly privateEndpoint: boolean;
  readonly kind: 'eks' | 'token';
  readonly token: string;
  readonly eksCluster: string;
  readonly region: string;
}

/** All that a cluster can allow, what only reads first. */
export const allVerbs = (Object.keys(kubectlVerbs) as KubectlVerb[]).sort(
  (a, b) => Number(kubectlVerbs[b].reads) - Number(kubectlVerbs[a].reads),
);

/** Whether a verb changes nothing. */
export const onlyReads = (verb: KubectlVerb): boolean => kubectlVerbs[verb].reads;

/** What a new cluster begins as: what only reads is allowed. */
export const emptyCluster: ClusterWish = {
  ...{ name: '', endpoint: '', ca: '', verbs: allVerbs.filter(onlyReads), namespaces: 'default' },
  ...{ privateEndpoint: false, kind: 'token', token: '', eksCluster: '', region: '' },
};

/** A cluster as a form begins to change it: its token is not known to anybody. */
export function wishOf({
  name,
  endpoint,
  ca = '',
  verbs,
  namespaces,
  privateEndpoint,
  auth,
}: Cluster): ClusterWish {
  return {
    ...{ name, endpoint, ca, verbs, namespaces: namespaces.join(', '), privateEndpoint },
    ...{ kind: auth.kind, token: '', eksCluster: auth.cluster ?? '', region: auth.region ?? '' },
  };
}

/** What the API is sent for it. */
export function bodyOf(wish: ClusterWish): object {
  const { endpoint, ca, verbs, namespaces, privateEndpoint, kind, token, eksCluster, region } = wish;
  const ofToken = { kind, ...(token.trim() !== '' && { token: token.trim() }) };
  return {
    ...{ endpoint: endpoint.trim().replace(/\/+$/, ''), verbs, privateEndpoint },
    ...(ca.trim() !== '' && { ca: ca.trim() }),
    namespaces: namespaces.split(/[\s,]+/).filter((one) => one !== ''),
    auth: kind === 'token' ? ofToken : { kind, cluster: eksCluster.trim(), region: region.trim() },
  };
}
