import type { Incident } from '../../incidents/index.ts';
import { cut, type Instant, SECOND } from '../../kernel/index.ts';
import type { Link, LinkKind } from '../guard.ts';
import type { Relation, ServiceGraph } from './graph.ts';
import type { CorrelationSettings } from './settings.ts';
import { similarity } from './similarity.ts';

/** What decides which incidents belong together: the catalogue and the settings of one version of the configuration. */
export interface Correlating {
  readonly graph: ServiceGraph;
  readonly settings: CorrelationSettings;
}

/** What is compared: an alert that would open an incident, or an incident that is open. */
export interface Concern {
  readonly service?: string;
  readonly title: string;
  readonly at: Instant;
}

/** An open incident as far as others are compared with it. */
export type OpenIncident = Pick<
  Incident,
  'id' | 'number' | 'title' | 'service' | 'openedAt' | 'severity' | 'correlation' | 'origin' | 'reached'
>;

/** Why two things belong together, and which service the trouble seems to come from. */
export interface Evidence extends Omit<Link, 'to' | 'at'> {
  readonly origin?: string;
}

/** How much each kind of evidence says, from 0 to 1; services by how many hops are between them. */
const NEEDED = [0, 0.85, 0.7, 0.5];
const SIBLINGS = [0, 0.3, 0.2, 0.1];
const SAME_WORDS = 0.55;

/** What is left of that at the end of the time window. */
const AT_THE_END = 0.7;

/** How sure it is that the concern and the open incident have one cause; undefined when nothing says so. */
export function evidenceFor(
  concern: Concern,
  incident: OpenIncident,
  { graph, settings }: Correlating,
): Evidence | undefined {
  const apart = Math.abs(concern.at - incident.openedAt) / (settings.window * SECOND);
  if (apart > 1) return undefined;
  const relation = relationOf(concern, incident, graph, settings);
  const alike = settings.similarity ? similarity(concern.title, incident.title) : 0;
  const score = both(weightOf(relation), SAME_WORDS * alike ** 2) * (1 - (1 - AT_THE_END) * apart);
  if (score < settings.relateAt) return undefined;
  const origin = originOf(concern, incident, relation, graph);
  return {
    kind: kindOf(relation, alike),
    score: Math.round(score * 100) / 100,
    why: [relationText(concern, relation), alikeText(alike, incident)].filter(Boolean).join('; '),
    ...(origin !== undefined && { origin }),
  };
}

/** Two pieces of evidence that know nothing of each other. */
const both = (a: number, b: number): number => 1 - (1 - a) * (1 - b);

/** How the concern's service stands to one of the incident's. */
interface Near extends Relation {
  readonly to: string;
}

function relationOf(
  { service }: Concern,
  incident: OpenIncident,
  graph: ServiceGraph,
  { dependencies }: CorrelationSettings,
): Near | undefined {
  if (!dependencies || service === undefined) return undefined;
  const nearTo = (to: string): readonly Near[] => {
    const relation = graph.relation(service, to);
    return relation ? [{ ...relation, to }] : [];
  };
  const own = [incident.service, incident.origin].flatMap((one) => (one === undefined ? [] : nearTo(one)));
  // What it has reached says something of those who need that, and nothing of what that needs itself: another outage may be there.
  const passedOn = (incident.reached ?? []).flatMap(nearTo).filter(({ kind }) => kind === 'upstream');
  return [...own, ...passedOn].toSorted((a, b) => weightOf(b) - weightOf(a))[0];
}

function weightOf(relation: Relation | undefined): number {
  if (relation === undefined) return 0;
  return (relation.kind === 'siblings' ? SIBLINGS : NEEDED)[relation.hops] ?? 0;
}

const kindOf = (relation: Relation | undefined, alike: number): LinkKind =>
  weightOf(relation) >= SAME_WORDS * alike ** 2 ? 'dependency' : 'similarity';

/** The service that all the others need, as far as is seen: the one furthest upstream. */
function originOf(
  { service }: Concern,
  incident: OpenIncident,
  relation: Relation | undefined,
  graph: ServiceGraph,
): string | undefined {
  const known = incident.origin ?? incident.service;
  if (service === undefined || known === undefined || relation === undefined) return incident.origin;
  if (relation.kind === 'siblings') return incident.origin ?? relation.shared;
  return graph.relation(known, service)?.kind === 'upstream' ? service : known;
}

function relationText({ service }: Concern, relation: Near | undefined): string {
  if (relation === undefined) return '';
  const { kind, hops, shared, to } = relation;
  if (kind === 'siblings') return `${service} and ${to} both need ${shared}`;
  const [needs, needed] = kind === 'upstream' ? [service, to] : [to, service];
  return `${needs} depends on ${needed}${hops === 1 ? '' : ` over ${hops} hops`}`;
}

const alikeText = (alike: number, { title }: OpenIncident): string =>
  alike < 0.5 ? '' : `its title is ${Math.round(alike * 100)} % like “${cut(title, 60)}”`;
