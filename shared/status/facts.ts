import type { Actor, Cause, Instant, NewFact, OrganisationId, PageId } from '../kernel/index.ts';
import type { PageIncident, Update } from './nouns.ts';
import type { Entry } from './state.ts';

/** What can happen to a page. Each fact carries, whole, the things that it changed. */
export const pageFactTypes = [
  'page.configured',
  'group.changed',
  'component.changed',
  'component.marked',
  'update.published',
  'update.corrected',
  'update.withdrawn',
  'page-incident.changed',
  'maintenance.changed',
  'proposal.dismissed',
] as const;
export type PageFactType = (typeof pageFactTypes)[number];

export type NewPageFact = NewFact<PageFactType, { readonly entries: readonly Entry[] }>;

/** A fact in the log of one page. */
export type PageFact = NewPageFact & {
  readonly id: string;
  readonly org: OrganisationId;
  readonly pageId: PageId;
  /** Its place in the page's one order, from 1, without gaps: also the version of the page. */
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly cause?: Cause;
  /** The page of this fact stands at the root of the status site. */
  readonly root?: boolean;
};

/** What a fact `update.published` told: the incident as it is then, and the update; undefined of any other fact. */
export function publishedUpdate({
  type,
  data,
}: Pick<PageFact, 'type' | 'data'>):
  | { readonly incident: PageIncident; readonly update: Update }
  | undefined {
  if (type !== 'update.published') return undefined;
  const incident = data.entries.find((entry) => entry.kind === 'incident')?.is;
  const update = data.entries.find((entry) => entry.kind === 'update')?.is;
  return incident && update && { incident, update };
}
