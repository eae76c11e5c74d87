import type { Actor, Cause, Id, IncidentId, Instant, NewFact, OrganisationId } from '../kernel/index.ts';
import type { Draft, Postmortem, Status } from './postmortem.ts';

type Of<Type extends string, Data> = NewFact<Type, Data>;

/** What a generation made of the incident. */
export type Content = Pick<
  Postmortem,
  'name' | 'title' | 'template' | 'upTo' | 'sections' | 'sources' | 'analysis'
>;

export type Generated = Of<'postmortem.generated', Content & { readonly incident: IncidentId }>;
/** A person wrote a section; null takes what they wrote away, so that what was generated shows again. */
export type SectionWritten = Of<
  'postmortem.written',
  { readonly section: string; readonly text: string | null; readonly title?: string }
>;
/** A model phrased what the generation made of it, up to the version that it read. */
export type Drafted = Of<'postmortem.drafted', { readonly draft: Draft }>;
export type Moved = Of<'postmortem.moved', { readonly to: Status }>;

export type PostmortemFact = Generated | SectionWritten | Drafted | Moved;

/** A fact in the log of one post-mortem. */
export type LoggedPostmortemFact = PostmortemFact & {
  readonly org: OrganisationId;
  readonly postmortem: Id<'postmortem'>;
  /** Its place, from 1: also the version of the post-mortem. */
  readonly seq: number;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly cause?: Cause;
};
