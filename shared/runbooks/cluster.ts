import * as z from 'zod';
import type { Instant } from '../kernel/index.ts';
import { type KubectlCall, type KubectlVerb, kubectlVerbs } from './kubectl.ts';

const verbs = Object.keys(kubectlVerbs) as [KubectlVerb, ...KubectlVerb[]];
const reading = verbs.filter((verb) => kubectlVerbs[verb].reads);

/** How we show the API of a cluster who we are. */
const auth = z.discriminatedUnion('kind', [
  /** The role of the function, by a token that is made of its credentials, as `aws eks get-token` makes it. */
  z.strictObject({
    kind: z.literal('eks'),
    cluster: z.string().regex(/^[A-Za-z0-9][\w-]{0,99}$/, 'Expected the name of an EKS cluster'),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'Expected a region such as eu-central-1'),
  }),
  /** A bearer token, which is kept in Parameter Store and never shown; left out, the one that is there stays while the cluster stays where it is. */
  z.strictObject({
    kind: z.literal('token'),
    token: z
      .string()
      .min(8)
      .max(3_500)
      .regex(/^[\w.~+/=-]+$/, 'Expected a bearer token')
      .optional(),
  }),
]);

const endpoint = z
  .string()
  .trim()
  .max(300)
  .regex(/^https:\/\/[^/?#@\s]+$/, 'Expected an address such as https://k8s.example.com:6443')
  .refine((text) => URL.canParse(text), 'Expected an address such as https://k8s.example.com:6443');

/** A cluster as an administrator registers it. */
export const clusterFields = z.strictObject({
  endpoint,
  /** The certificates that its own must be signed by, in PEM; left out, those that every browser trusts. */
  ca: z
    .string()
    .max(16_000)
    .regex(
      /^-----BEGIN CERTIFICATE-----\s[\s\S]*-----END CERTIFICATE-----\s*$/,
      'Expected certificates in PEM',
    )
    .optional(),
  verbs: z.array(z.enum(verbs)).max(verbs.length).default(reading),
  /** Names, or `*` for all, which also lets in what belongs to none. */
  namespaces: z
    .array(
      z.string().regex(/^(\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)$/, 'Expected the name of a namespace, or *'),
    )
    .min(1)
    .max(100),
  /** The exception for an endpoint in a private network. */
  privateEndpoint: z.boolean().default(false),
  auth,
});

export type ClusterFields = z.infer<typeof clusterFields>;

/** A cluster as it is stored: of a token only which one counts. */
export interface Cluster extends Omit<ClusterFields, 'auth'> {
  readonly name: string;
  readonly auth:
    | { readonly kind: 'eks'; readonly cluster: string; readonly region: string }
    | { readonly kind: 'token'; readonly version: string };
  readonly updatedAt: Instant;
  readonly updatedBy: string;
}

/** Whether a cluster still leads to where its token was given for, so that a change may leave the token out. */
export const isSamePlace = (
  before: Pick<Cluster, 'endpoint' | 'ca' | 'privateEndpoint'>,
  after: Pick<Cluster, 'endpoint' | 'ca' | 'privateEndpoint'>,
): boolean =>
  before.endpoint === after.endpoint &&
  before.ca === after.ca &&
  before.privateEndpoint === after.privateEndpoint;

/** Why a command may not be carried out in a cluster; undefined when it may. */
export function clusterFault({ name, verbs, namespaces }: Cluster, call: KubectlCall): string | undefined {
  const { verb, namespace, resource } = call;
  if (!verbs.includes(verb))
    return `the cluster '${name}' does not allow kubectl ${verb}; allowed is ${verbs.join(', ') || 'nothing'}`;
  if (namespaces.includes('*') || verb === 'cordon' || verb === 'uncordon') return undefined;
  if (namespace === undefined)
    return `the cluster '${name}' allows ${resource.plural} only where it allows all namespaces`;
  if (namespaces.includes(namespace)) return undefined;
  return `the cluster '${name}' does not allow the namespace '${namespace}'; allowed is ${namespaces.join(', ')}`;
}
