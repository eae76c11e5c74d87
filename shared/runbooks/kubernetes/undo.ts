import type { Parsed } from '../parsed.ts';
import type { KubeObject } from './objects.ts';

const REVISION = 'deployment.kubernetes.io/revision';
const HASH = 'pod-template-hash';

/** The labels by which the pods and replica sets of a workload are found; undefined when it has none that are plain. */
export function selectorOf({ spec }: KubeObject): string | undefined {
  const { selector } = spec as { selector?: { matchLabels?: Record<string, unknown> } };
  const labels = Object.entries(selector?.matchLabels ?? {});
  if (labels.length === 0) return undefined;
  return labels.map(([name, value]) => `${name}=${String(value)}`).join(',');
}

const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.annotations[REVISION] ?? 0);

/** The JSON patch that takes a deployment back to a revision, or to the one before the present. */
export function undoPatch(
  deployment: KubeObject,
  replicaSets: readonly KubeObject[],
  wanted: number | undefined,
): Parsed<{ readonly revision: number; readonly patch: readonly object[] }> {
  const own = replicaSets
    .filter(({ metadata }) =>
      metadata.ownerReferences.some(({ uid }) => uid !== undefined && uid === deployment.metadata.uid),
    )
    .filter((set) => revisionOf(set) > 0)
    .sort((a, b) => revisionOf(b) - revisionOf(a));
  const present = revisionOf(deployment) || (own[0] ? revisionOf(own[0]) : 0);
  const target = own.find((set) =>
    wanted === undefined || wanted === 0 ? revisionOf(set) < present : revisionOf(set) === wanted,
  );
  if (target === undefined)
    return {
      refused: wanted
        ? `there is no revision ${wanted} to go back to`
        : 'there is no revision before this one',
    };
  if (revisionOf(target) === present) return { refused: `revision ${present} is the present one` };
  const patch = [{ op: 'replace', path: '/spec/template', value: templateOf(target) }];
  return { value: { revision: revisionOf(target), patch } };
}

/** The template of a replica set, without the label that its controller gave it. */
function templateOf({ spec }: KubeObject): unknown {
  const { template = {} } = spec as { template?: { metadata?: { labels?: Record<string, unknown> } } };
  const { [HASH]: _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
