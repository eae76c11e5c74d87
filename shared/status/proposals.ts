import type * as z from 'zod';
import type { Incident } from '../incidents/index.ts';
import { isOpen } from '../incidents/index.ts';
import type { proposalView } from './api-proposals.ts';
import { presentComponents } from './decide-components.ts';
import { impactOf } from './decide-incidents.ts';
import type { Affected, Component, PageIncident, Working } from './nouns.ts';
import { all, one, type PageState } from './state.ts';

/** What a person may publish or dismiss. */
export type Proposal = z.input<typeof proposalView>;

/** What of an incident a proposal looks at. */
export type Looked = Pick<Incident, 'id' | 'generation' | 'state' | 'severity' | 'service' | 'deletedAt'>;

/**
 * What an organisation's incidents propose to tell: of each open one that touches a component and that no published one is about, a
 * first update; of each published one whose incident is resolved, the last. The words come from a template, never from the incident.
 */
export function proposalsOf(state: PageState, incidents: readonly Looked[]): readonly Proposal[] {
  const published = all(state, 'incident');
  const components = presentComponents(state).toSorted((a, b) => a.position - b.position);
  const proposals = incidents
    .filter(({ deletedAt }) => deletedAt === undefined)
    .flatMap((incident) =>
      incident.state === 'resolved'
        ? published.flatMap((one) => resolving(one, incident))
        : opening(incident, components, published),
    );
  return proposals.filter(({ id }) => one(state, 'dismissal', id) === undefined);
}

/** The incidents behind what is published and not resolved: what they have become has to be read. */
export const sourcesOf = (state: PageState): readonly Looked['id'][] => [
  ...new Set(
    all(state, 'incident').flatMap(({ state: told, source }) =>
      told !== 'resolved' && source ? [source.incident] : [],
    ),
  ),
];

function opening(
  incident: Looked,
  components: readonly Component[],
  published: readonly PageIncident[],
): readonly Proposal[] {
  const { id, generation, service } = incident;
  const touched = components.filter(({ services }) => service !== undefined && services.includes(service));
  if (!isOpen(incident as Incident) || touched.length === 0) return [];
  const isTold = published.some(
    ({ source, state }) =>
      source?.incident === id && (state !== 'resolved' || source.generation >= generation),
  );
  if (isTold) return [];
  const affected: readonly Affected[] = touched.map((one) => ({
    component: one.id,
    status: assumed(incident),
  }));
  // A component that the public does not know is not named to it.
  const internal = touched.every((one) => one.internal);
  const names = listed(touched.filter((one) => internal || !one.internal).map(({ name }) => name));
  return [
    {
      id: `open_${id}_${generation}`,
      kind: 'publish-incident',
      source: { incident: id, generation },
      title: `Problem with ${names}`,
      impact: impactOf(affected),
      state: 'investigating',
      text: `We are investigating a problem with ${names}. We will tell more as soon as we know more.`,
      affected,
      internal,
    },
  ];
}

function resolving(told: PageIncident, incident: Looked): readonly Proposal[] {
  const { source, state, id } = told;
  if (source?.incident !== incident.id || state === 'resolved') return [];
  return [
    {
      id: `resolve_${id}_${incident.generation}`,
      kind: 'publish-update',
      incident: id,
      source: { incident: incident.id, generation: incident.generation },
      title: told.title,
      state: 'resolved',
      text: 'This incident has been resolved. Everything works as it should again.',
      affected: [],
      internal: told.internal,
    },
  ];
}

/** A first guess by severity, which the person who publishes it corrects. */
const assumed = ({ severity }: Looked): Working =>
  severity === 'P1_CRITICAL'
    ? 'major_outage'
    : severity === 'P2_HIGH'
      ? 'partial_outage'
      : 'degraded_performance';

function listed(names: readonly string[]): string {
  const [last = '', ...before] = names.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}
