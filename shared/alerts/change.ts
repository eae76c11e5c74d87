import type { Actor, Id, Instant } from '../kernel/index.ts';

/** What kinds of change there are; each may be why something broke. */
export const changeKinds = [
  'deployment',
  'configuration',
  'feature-flag',
  'infrastructure',
  'other',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A change as a source tells it: texts within their limits, the service normalised, the time never after the receipt. */
export type SaidChange = Omit<Change, 'id' | 'recordedAt' | 'recordedBy'> & {
  /** What the source calls it, the same each time that it tells of it. @default each telling is another change */
  readonly key?: string;
};

/** Something that somebody did to a service, such as a deployment. It never pages: it is what a timeline shows and a cause may be. */
export interface Change {
  readonly id: Id<'change'>;
  readonly kind: ChangeKind;
  readonly title: string;
  /** When it was done, by whoever tells it. */
  readonly at: Instant;
  /** Normalised as the service of an alert; absent when it touches no one service. */
  readonly service?: string | undefined;
  readonly version?: string | undefined;
  /** Who did it, in the words of whoever tells it. */
  readonly by?: string | undefined;
  readonly link?: string | undefined;
  readonly recordedAt: Instant;
  readonly recordedBy: Actor;
}
