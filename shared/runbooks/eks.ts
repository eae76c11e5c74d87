import type { OrganisationId } from '../kernel/index.ts';
import type { ClusterFields } from './cluster.ts';

/** What whoever deploys lets the role of the worker be shown to. All organisations of a deployment share that role. */
export interface EksAllowed {
  /** `eu-central-1/production`, or `org_…/eu-central-1/production` where it is for one organisation alone. */
  readonly clusters: readonly string[];
  /** Whether an address is of EKS itself, or one that the deployment allows. */
  readonly isTrusted: (endpoint: string) => boolean;
}

/** Why a cluster may not be told who we are by our role, and where that is said; undefined when it may. */
export function eksFault(
  org: OrganisationId,
  { auth, endpoint }: Pick<ClusterFields, 'endpoint'> & { readonly auth: Auth },
  { clusters, isTrusted }: EksAllowed,
): { readonly path: string; readonly message: string } | undefined {
  if (auth.kind !== 'eks') return undefined;
  const wanted = `${auth.region}/${auth.cluster}`;
  if (!clusters.includes(wanted) && !clusters.includes(`${org}/${wanted}`))
    return {
      path: 'auth.cluster',
      message: `The EKS cluster '${wanted}' is not allowed for the organisation ${org}; who runs this system allows it by the setting runbookClusters.`,
    };
  if (isTrusted(endpoint)) return undefined;
  return {
    path: 'endpoint',
    message: `Our role is not shown to '${endpoint}'; allowed is https://….eks.amazonaws.com, or an origin of the setting allowedEndpoints.`,
  };
}

type Auth =
  | { readonly kind: 'eks'; readonly cluster: string; readonly region: string }
  | { readonly kind: 'token' };
