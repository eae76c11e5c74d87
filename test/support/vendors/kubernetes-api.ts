import type { IncomingHttpHeaders } from 'node:http';

/** A request as the fake cluster sees it. */
export interface KubeAsked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface KubeTold {
  readonly status: number;
  readonly type?: string;
  readonly body: object | string;
}
export type Denied = KubeTold;

interface Template {
  readonly metadata: { labels: Record<string, string>; annotations: Record<string, string> };
  readonly spec: { containers: { name: string; image: string }[] };
}

/** A deployment of the fake cluster; each new template takes `busyFor` looks to roll out. */
export interface FakeDeployment {
  readonly name: string;
  replicas: number;
  generation: number;
  revision: number;
  template: Template;
  readonly history: Map<number, Template>;
  busyFor: number;
}

/** What the fake cluster is. */
export interface KubeState {
  readonly deployments: Map<string, FakeDeployment>;
  readonly unschedulable: Set<string>;
}

const templateOf = (name: string, image: string): Template => ({
  metadata: { labels: { app: name }, annotations: {} },
  spec: { containers: [{ name, image }] },
});

export function deploymentNamed(name: string): FakeDeployment {
  const [old, present] = [templateOf(name, 'api:1'), templateOf(name, 'api:2')];
  return {
    ...{ name, replicas: 3, generation: 2, revision: 2, template: present, busyFor: 0 },
    history: new Map([
      [1, old],
      [2, present],
    ]),
  };
}

const status = (code: number, reason: string, message: string): KubeTold => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
});
const notFound = (kind: string, name: string) => status(404, 'NotFound', `${kind} "${name}" not found`);

const table = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

/** Answers as the API server does. */
export function answerTo(asked: KubeAsked, state: KubeState): KubeTold {
  const { pathname, searchParams: query } = new URL(asked.url, 'https://cluster');
  const deployment = /^\/apis\/apps\/v1\/namespaces\/default\/deployments\/([a-z0-9-]+)(\/scale)?$/.exec(
    pathname,
  );
  if (deployment) return onDeployment(asked, state, deployment[1] ?? '', deployment[2] !== undefined);
  if (asked.method === 'PATCH') return onOther(asked, pathname, state);
  if (asked.method !== 'GET') return status(405, 'MethodNotAllowed', 'the server does not allow this method');
  if (pathname === '/version')
    return { status: 200, body: { major: '1', minor: '34', gitVersion: 'v1.34.1', platform: 'linux/amd64' } };
  if (pathname === '/apis/apps/v1/namespaces/default/replicasets') return replicaSets(state, query);
  if (pathname === '/api/v1/namespaces/default/pods') return pods(asked, state, query);
  const log = /^\/api\/v1\/namespaces\/default\/pods\/([a-z0-9-]+)\/log$/.exec(pathname);
  if (log) return logOf(log[1] ?? '', query);
  if (pathname === '/api/v1/namespaces/default/events')
    return {
      status: 200,
      body: {
        kind: 'EventList',
        items: [{ type: 'Normal', reason: 'Scaled', message: 'Scaled up', count: 2 }],
      },
    };
  return status(404, 'NotFound', 'the server could not find the requested resource');
}

function onDeployment(asked: KubeAsked, state: KubeState, name: string, isScale: boolean): KubeTold {
  const deployment = state.deployments.get(name);
  if (!deployment) return notFound('deployments.apps', name);
  if (asked.method === 'GET' && isScale)
    return {
      status: 200,
      body: {
        kind: 'Scale',
        metadata: { name, resourceVersion: '7' },
        spec: { replicas: deployment.replicas },
      },
    };
  if (asked.method === 'GET') return { status: 200, body: shown(deployment) };
  if (asked.method !== 'PATCH')
    return status(405, 'MethodNotAllowed', 'the server does not allow this method');
  return isScale ? scaled(asked, deployment) : patched(asked, deployment);
}

/** As it stands: every look lets a rollout come one nearer to its end. */
function shown(one: FakeDeployment): object {
  const left = one.busyFor;
  one.busyFor = Math.max(0, left - 1);
  return {
    ...{ kind: 'Deployment', apiVersion: 'apps/v1' },
    metadata: {
      ...{ name: one.name, namespace: 'default', uid: `uid-${one.name}`, generation: one.generation },
      annotations: { 'deployment.kubernetes.io/revision': String(one.revision) },
    },
    spec: { replicas: one.replicas, selector: { matchLabels: { app: one.name } }, template: one.template },
    status: {
      ...{ observedGeneration: one.generation, replicas: one.replicas, updatedReplicas: one.replicas - left },
      availableReplicas: one.replicas - left,
      conditions: [{ type: 'Available', status: 'True' }],
    },
  };
}

function json(asked: KubeAsked, type: string): unknown {
  if (asked.headers['content-type'] !== type) return undefined;
  try {
    return JSON.parse(asked.body);
  } catch {
    return undefined;
  }
}

function scaled(asked: KubeAsked, deployment: FakeDeployment): KubeTold {
  const body = json(asked, 'application/merge-patch+json') as { spec?: { replicas?: unknown } } | undefined;
  const wanted = body?.spec?.replicas;
  if (!Number.isInteger(wanted))
    return status(415, 'UnsupportedMediaType', 'the body of the request was in an unknown format');
  deployment.replicas = Number(wanted);
  return { status: 200, body: { kind: 'Scale', spec: { replicas: wanted } } };
}

function patched(asked: KubeAsked, deployment: FakeDeployment): KubeTold {
  const strategic = json(asked, 'application/strategic-merge-patch+json') as
    | { spec?: { template?: { metadata?: { annotations?: Record<string, string> } } } }
    | undefined;
  const operations = json(asked, 'application/json-patch+json') as
    | { op: string; path: string; value: Template }[]
    | undefined;
  const at = strategic?.spec?.template?.metadata?.annotations?.['kubectl.kubernetes.io/restartedAt'];
  const undone = operations?.find(({ op, path }) => op === 'replace' && path === '/spec/template')?.value;
  if (at !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(at)) {
    const { metadata, spec } = deployment.template;
    const annotations = { ...metadata.annotations, 'kubectl.kubernetes.io/restartedAt': at };
    return rolled(deployment, { metadata: { ...metadata, annotations }, spec });
  }
  if (undone !== undefined && !('pod-template-hash' in undone.metadata.labels))
    return rolled(deployment, undone);
  return status(415, 'UnsupportedMediaType', 'the body of the request was in an unknown format');
}

function rolled(deployment: FakeDeployment, template: Template): KubeTold {
  deployment.template = template;
  deployment.generation += 1;
  deployment.revision += 1;
  deployment.history.set(deployment.revision, template);
  deployment.busyFor = 2;
  return { status: 200, body: shown({ ...deployment }) };
}

function onOther(asked: KubeAsked, path: string, state: KubeState): KubeTold {
  const body = json(asked, 'application/strategic-merge-patch+json') as
    | { spec?: Record<string, unknown> }
    | undefined;
  if (body?.spec === undefined)
    return status(415, 'UnsupportedMediaType', 'the body of the request was in an unknown format');
  const node = /^\/api\/v1\/nodes\/([a-z0-9-]+)$/.exec(path)?.[1];
  if (node !== undefined) {
    if (body.spec.unschedulable === true) state.unschedulable.add(node);
    else state.unschedulable.delete(node);
    return { status: 200, body: { kind: 'Node', metadata: { name: node }, spec: body.spec } };
  }
  if (path === '/api/v1/namespaces/default/services/api-service')
    return { status: 200, body: { kind: 'Service', metadata: { name: 'api-service' }, spec: body.spec } };
  return status(404, 'NotFound', 'the server could not find the requested resource');
}

function replicaSets(state: KubeState, query: URLSearchParams): KubeTold {
  const name = /^app=([a-z0-9-]+)$/.exec(query.get('labelSelector') ?? '')?.[1] ?? '';
  const { history = new Map<number, Template>() } = state.deployments.get(name) ?? {};
  const items = [...history].map(([revision, { metadata, spec }]) => ({
    metadata: {
      name: `${name}-${revision}`,
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [{ kind: 'Deployment', uid: `uid-${name}` }],
    },
    spec: {
      template: {
        metadata: { ...metadata, labels: { ...metadata.labels, 'pod-template-hash': `h${revision}` } },
        spec,
      },
    },
  }));
  return { status: 200, body: { kind: 'ReplicaSetList', items } };
}

function pods({ headers }: KubeAsked, state: KubeState, query: URLSearchParams): KubeTold {
  const names = [...state.deployments.keys()].flatMap((name) => [`${name}-a`, `${name}-b`]);
  if (headers.accept === table)
    return {
      status: 200,
      body: {
        kind: 'Table',
        columnDefinitions: [
          { name: 'Name', priority: 0 },
          { name: 'Ready', priority: 0 },
          { name: 'Node', priority: 1 },
        ],
        rows: names.map((name) => ({ cells: [name, '1/1', 'node-1'] })),
      },
    };
  if (!query.get('labelSelector')?.startsWith('app=')) return status(400, 'BadRequest', 'no selector');
  return { status: 200, body: { kind: 'PodList', items: names.map((name) => ({ metadata: { name } })) } };
}

function logOf(pod: string, query: URLSearchParams): KubeTold {
  if (!/^\d+$/.test(query.get('tailLines') ?? '')) return status(400, 'BadRequest', 'tailLines is missing');
  return { status: 200, type: 'text/plain', body: `${pod} is listening\npassword=hunter2\n` };
}
