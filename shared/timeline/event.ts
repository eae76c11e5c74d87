import type { Actor, Instant } from '../kernel/index.ts';

/** The rows of the drawing, from top to bottom: what happened by itself or was done to it, then what people did about it. */
export const lanes = ['alerts', 'changes', 'response', 'pages', 'people', 'runbooks', 'status'] as const;
export type Lane = (typeof lanes)[number];

/** How the rows are called. */
export const laneNames: Readonly<Record<Lane, string>> = {
  alerts: 'Alerts',
  changes: 'Changes',
  response: 'Response',
  pages: 'Pages',
  people: 'People',
  runbooks: 'Runbooks',
  status: 'Status page',
};

/** One thing that happened, with when it happened and when we learned it. */
export interface TimelineEvent {
  /** The fact's id, the change's, or `page:` with the name of a delivery. */
  readonly id: string;
  /** Its number in the log of the incident; absent for what is not in it. */
  readonly seq?: number;
  readonly at: Instant;
  readonly learnedAt: Instant;
  readonly lane: Lane;
  /** The type of the fact, `change.<kind>`, or `page.<outcome>`. */
  readonly kind: string;
  /** One sentence. */
  readonly text: string;
  /** What a person wrote, word by word. */
  readonly quote?: string;
  readonly lines?: readonly string[];
  readonly link?: string;
  readonly actor?: Actor;
  readonly service?: string;
  /** What somebody who reads only a few lines should read. */
  readonly key: boolean;
}

/** By when it happened; what happened at one moment by its number in the log. */
export function compareEvents(a: TimelineEvent, b: TimelineEvent): number {
  return a.at - b.at || (a.seq ?? 0) - (b.seq ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
