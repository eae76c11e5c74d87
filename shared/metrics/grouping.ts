import { severities } from '../alerts/index.ts';
import type { Sample } from './sample.ts';
import { NONE } from './selection.ts';

/** By what incidents may be grouped. */
export const groupings = ['severity', 'team', 'service', 'component'] as const;
export type Grouping = (typeof groupings)[number];

/** The incidents of one group; `key` is what a selection takes. */
export interface Group {
  readonly key: string;
  readonly samples: readonly Sample[];
}

/** The groups, severities in their order and others with the most incidents first; an incident of two components is in both. */
export function groupsOf(samples: readonly Sample[], by: Grouping): readonly Group[] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples)
    for (const key of keysOf(sample, by)) {
      const group = groups.get(key);
      if (group) group.push(sample);
      else groups.set(key, [sample]);
    }
  const order: readonly string[] = severities;
  const compare = (a: Group, b: Group) =>
    by === 'severity'
      ? order.indexOf(a.key) - order.indexOf(b.key)
      : b.samples.length - a.samples.length || (a.key < b.key ? -1 : 1);
  return [...groups].map(([key, found]) => ({ key, samples: found })).sort(compare);
}

function keysOf({ severity, team, service, components }: Sample, by: Grouping): readonly string[] {
  if (by === 'severity') return [severity];
  if (by === 'component') return components.length === 0 ? [NONE] : components;
  return [(by === 'team' ? team : service) ?? NONE];
}
