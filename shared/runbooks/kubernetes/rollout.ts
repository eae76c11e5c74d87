import type { KubeObject } from './objects.ts';

/** How far a rollout is. */
export type Rollout =
  | { readonly is: 'done'; readonly text: string }
  | { readonly is: 'going-on'; readonly text: string }
  | { readonly is: 'failed'; readonly text: string };

const number = (from: Readonly<Record<string, unknown>>, name: string, otherwise = 0): number => {
  const value = from[name];
  return typeof value === 'number' ? value : otherwise;
};

/** How far the rollout of a workload is, as `kubectl rollout status` judges it. */
export function rolloutOf(kind: string, object: KubeObject): Rollout {
  const { metadata, status } = object;
  if ((metadata.generation ?? 0) > number(status, 'observedGeneration'))
    return { is: 'going-on', text: 'Waiting until the change is observed' };
  const judged =
    kind === 'Deployment' ? deployment(object) : kind === 'DaemonSet' ? daemons(object) : stateful(object);
  return judged ?? { is: 'done', text: `${kind.toLowerCase()} "${metadata.name}" successfully rolled out` };
}

function deployment({ spec, status, metadata }: KubeObject): Rollout | undefined {
  const late = status.conditions.find(
    ({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );
  if (late) return { is: 'failed', text: `deployment "${metadata.name}" exceeded its progress deadline` };
  const wanted = number(spec, 'replicas', 1);
  const updated = number(status, 'updatedReplicas');
  if (updated < wanted) return going(`${updated} of ${wanted} new replicas have been updated`);
  const old = number(status, 'replicas') - updated;
  if (old > 0) return going(`${old} old replicas are pending termination`);
  const available = number(status, 'availableReplicas');
  return available < updated ? going(`${available} of ${updated} updated replicas are available`) : undefined;
}

function daemons({ status }: KubeObject): Rollout | undefined {
  const wanted = number(status, 'desiredNumberScheduled');
  const updated = number(status, 'updatedNumberScheduled');
  if (updated < wanted) return going(`${updated} of ${wanted} new pods have been updated`);
  const available = number(status, 'numberAvailable');
  return available < wanted ? going(`${available} of ${wanted} updated pods are available`) : undefined;
}

function stateful({ spec, status }: KubeObject): Rollout | undefined {
  const wanted = number(spec, 'replicas', 1);
  const ready = number(status, 'readyReplicas');
  if (ready < wanted) return going(`${ready} of ${wanted} pods are ready`);
  const isNew =
    status.updateRevision === status.currentRevision || number(status, 'updatedReplicas') >= wanted;
  return isNew
    ? undefined
    : going(`${number(status, 'updatedReplicas')} of ${wanted} pods have been updated`);
}

const going = (text: string): Rollout => ({ is: 'going-on', text: `Waiting: ${text}` });
