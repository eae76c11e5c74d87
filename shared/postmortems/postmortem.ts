import type { Actor, Id, IncidentId, Instant, OrganisationId } from '../kernel/index.ts';
import type { Analysis } from './causes/index.ts';
import type { Cite, Sentence, Source } from './sentences.ts';

/** How far a post-mortem is. */
export const statuses = ['draft', 'review', 'done'] as const;
export type Status = (typeof statuses)[number];

/** What a template can have filled in. */
export const fillings = [
  'summary',
  'impact',
  'timeline',
  'response',
  'root-cause',
  'contributing-factors',
  'action-items',
] as const;
export type Filling = (typeof fillings)[number];

/** What a template, or a person, says in a section: words as they stand, or sentences that were generated. */
export type Piece =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'filled'; readonly filling: Filling; readonly sentences: readonly Sentence[] };

/** A part of a post-mortem under a heading. */
export interface Section {
  readonly name: string;
  readonly title: string;
  readonly pieces: readonly Piece[];
}

/** What a person wrote in place of what was generated, as Markdown. */
export interface Written {
  readonly text: string;
  /** What the section was called then, for when a template has it no longer. */
  readonly title?: string;
  readonly by: Actor;
  readonly at: Instant;
}

/** What a model wrote from what was generated: a draft, in which every sentence names its sources. */
export interface Draft {
  /** As Amazon Bedrock calls it. */
  readonly model: string;
  readonly summary: readonly Sentence[];
  readonly rootCause: readonly Sentence[];
  /** Ids of hypotheses, the likeliest first as the model sees it. */
  readonly order: readonly string[];
  /** How many of its sentences were left out, since what they named did not show them. */
  readonly refused: number;
}

/** What happened, why, and what is done about it, as far as it was written down. */
export interface Postmortem {
  readonly org: OrganisationId;
  readonly id: Id<'postmortem'>;
  readonly incident: IncidentId;
  /** What people call the incident. */
  readonly name: string;
  readonly title: string;
  /** Grows by one with each change. */
  readonly version: number;
  readonly status: Status;
  readonly template: { readonly id: string; readonly version: number };
  readonly generatedAt: Instant;
  /** The last fact that it was generated from. */
  readonly upTo: number;
  readonly createdAt: Instant;
  readonly createdBy: Actor;
  readonly updatedAt: Instant;
  readonly sections: readonly Section[];
  readonly sources: readonly Source[];
  readonly analysis: Analysis;
  /** Until the next generation. */
  readonly draft?: Draft;
  /** By the name of the section; nothing that is generated touches it. */
  readonly written: Readonly<Record<string, Written>>;
}

/** All that sentences of these sections rest on. */
export const citesIn = (sections: readonly Section[]): readonly Cite[] => [
  ...new Set(
    sections.flatMap(({ pieces }) =>
      pieces.flatMap((piece) =>
        piece.kind === 'filled' ? piece.sentences.flatMap(({ cites }) => cites) : [],
      ),
    ),
  ),
];
