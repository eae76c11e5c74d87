/** A kind of object of Kubernetes, and where its API has it. */
export interface KubeResource {
  /** As in paths: `deployments`. */
  readonly plural: string;
  readonly kind: string;
  /** `/api/v1` or `/apis/<group>/<version>`. */
  readonly base: string;
  readonly isNamespaced: boolean;
}

const row = (kind: string, base: string, names: string, isNamespaced = true) =>
  names.split(' ').map((name, _, [plural = '']) => [name, { plural, kind, base, isNamespaced }] as const);

/** By every name that kubectl knows them by. Secrets are missing on purpose: an output is read by many. */
const byName: ReadonlyMap<string, KubeResource> = new Map([
  ...row('Pod', '/api/v1', 'pods pod po'),
  ...row('Service', '/api/v1', 'services service svc'),
  ...row('ConfigMap', '/api/v1', 'configmaps configmap cm'),
  ...row('Endpoints', '/api/v1', 'endpoints ep'),
  ...row('Event', '/api/v1', 'events event ev'),
  ...row('PersistentVolumeClaim', '/api/v1', 'persistentvolumeclaims persistentvolumeclaim pvc'),
  ...row('Node', '/api/v1', 'nodes node no', false),
  ...row('Namespace', '/api/v1', 'namespaces namespace ns', false),
  ...row('Deployment', '/apis/apps/v1', 'deployments deployment deploy'),
  ...row('StatefulSet', '/apis/apps/v1', 'statefulsets statefulset sts'),
  ...row('DaemonSet', '/apis/apps/v1', 'daemonsets daemonset ds'),
  ...row('ReplicaSet', '/apis/apps/v1', 'replicasets replicaset rs'),
  ...row('Job', '/apis/batch/v1', 'jobs job'),
  ...row('CronJob', '/apis/batch/v1', 'cronjobs cronjob cj'),
  ...row('Ingress', '/apis/networking.k8s.io/v1', 'ingresses ingress ing'),
  ...row(
    'HorizontalPodAutoscaler',
    '/apis/autoscaling/v2',
    'horizontalpodautoscalers horizontalpodautoscaler hpa',
  ),
]);

/** The kind of object that a word of a command names; undefined when it is none that is known here. */
export const resourceNamed = (word: string): KubeResource | undefined => byName.get(word.toLowerCase());
