import { type Instant, SECOND, toText } from '../../kernel/index.ts';
import type { KubectlCall } from '../kubectl.ts';
import { type KubeResource, resourceNamed } from '../kubectl-resources.ts';

/** A request to the API of Kubernetes; the path begins at the endpoint of the cluster. */
export interface KubeRequest {
  readonly method: 'GET' | 'PATCH';
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: string;
}

export const patchTypes = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
} as const;

/** As kubectl asks, so that the API makes the columns of each kind itself. */
const asTable = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/** The most of a log that is asked for. */
const LOG = { lines: 100, bytes: 64 * 1024 } as const;
const MOST_LISTED = 100;

/** The path of one object, or of all of its kind. */
export function pathOf({ base, plural }: KubeResource, namespace?: string, name?: string): string {
  const inside = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${base}${inside}/${plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}

/** Of a call, the path of the object that it names. */
export const ownPath = ({ resource, namespace, name }: KubectlCall): string =>
  pathOf(resource, namespace, name);

const withQuery = (path: string, query: Readonly<Record<string, string>>): string =>
  Object.keys(query).length === 0 ? path : `${path}?${new URLSearchParams(query)}`;

/** Reads the object that a call names. */
export const readOwn = (call: KubectlCall): KubeRequest => ({ method: 'GET', path: ownPath(call) });

/** Lists objects of a kind by labels. */
export const listOf = (word: string, namespace: string | undefined, selector: string): KubeRequest => ({
  method: 'GET',
  path: withQuery(pathOf(known(word), namespace), { labelSelector: selector, limit: String(MOST_LISTED) }),
});

/** What `kubectl get` asks. */
export function tableRequest(call: KubectlCall): KubeRequest {
  const selector = call.flags.get('selector');
  const query = {
    ...(selector !== undefined && { labelSelector: selector }),
    ...(call.name === undefined && { limit: String(MOST_LISTED) }),
  };
  return { method: 'GET', path: withQuery(ownPath(call), query), accept: asTable };
}

/** The last lines of the log of a pod. */
export function logRequest({ namespace, flags }: KubectlCall, pod: string): KubeRequest {
  const [container, since] = [flags.get('container'), flags.get('since')];
  const query = {
    tailLines: flags.get('tail') ?? String(LOG.lines),
    limitBytes: String(LOG.bytes),
    ...(container !== undefined && { container }),
    ...(since !== undefined && { sinceSeconds: String(secondsIn(since)) }),
    ...(flags.has('previous') && { previous: 'true' }),
  };
  return {
    method: 'GET',
    path: withQuery(`${pathOf(known('pod'), namespace, pod)}/log`, query),
    accept: '*/*',
  };
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 };
const secondsIn = (text: string): number => Number(text.slice(0, -1)) * (units[text.slice(-1)] ?? 1);

/** The events of an object. */
export const eventsRequest = ({ resource, namespace, name = '' }: KubectlCall): KubeRequest => ({
  method: 'GET',
  path: withQuery(pathOf(known('events'), namespace ?? 'default'), {
    fieldSelector: `involvedObject.kind=${resource.kind},involvedObject.name=${name}`,
    limit: '20',
  }),
});

/** A patch of the object that a call names, or of what is under it. */
export function patchRequest(
  call: KubectlCall,
  {
    type,
    body,
    manager,
    under = '',
  }: {
    readonly type: keyof typeof patchTypes;
    readonly body: unknown;
    readonly manager: string;
    readonly under?: string;
  },
): KubeRequest {
  return {
    method: 'PATCH',
    path: withQuery(`${ownPath(call)}${under}`, { fieldManager: manager }),
    contentType: patchTypes[type],
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** `kubectl rollout restart`: a new annotation of the template makes new pods. */
export function restartRequest(call: KubectlCall, now: Instant): KubeRequest {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': toText(Math.floor(now / SECOND) * SECOND) };
  const body = { spec: { template: { metadata: { annotations } } } };
  return patchRequest(call, { type: 'strategic', body, manager: 'kubectl-rollout' });
}

/** `kubectl scale`, by the subresource that only knows the number. */
export const scaleRequest = (call: KubectlCall, resourceVersion?: string): KubeRequest =>
  patchRequest(call, {
    type: 'merge',
    body: {
      ...(resourceVersion !== undefined && { metadata: { resourceVersion } }),
      spec: { replicas: Number(call.flags.get('replicas')) },
    },
    manager: 'kubectl-scale',
    under: '/scale',
  });

/** `kubectl cordon` and `kubectl uncordon`. */
export const cordonRequest = (call: KubectlCall): KubeRequest =>
  patchRequest(call, {
    type: 'strategic',
    body: { spec: { unschedulable: call.verb === 'cordon' ? true : null } },
    manager: 'kubectl-cordon',
  });

function known(word: string): KubeResource {
  const resource = resourceNamed(word);
  if (resource === undefined) throw new Error(`${word} is not among the kinds`);
  return resource;
}
