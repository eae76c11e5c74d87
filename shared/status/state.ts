import type {
  Component,
  Dismissal,
  Group,
  Maintenance,
  Mark,
  PageIncident,
  Settings,
  Update,
} from './nouns.ts';

/** Everything that a page consists of, by kind. Each fact carries what it changed as it is then, whole. */
export interface Kinds {
  readonly settings: Settings;
  readonly group: Group;
  readonly component: Component;
  readonly mark: Mark;
  readonly incident: PageIncident;
  readonly update: Update;
  readonly maintenance: Maintenance;
  readonly dismissal: Dismissal;
}

export type Kind = keyof Kinds;

/** One thing of a page. */
export type Entry = {
  readonly [K in Kind]: { readonly kind: K; readonly id: string; readonly is: Kinds[K] };
}[Kind];

/** A thing with the number of the fact that made it so. */
export type Kept = Entry & { readonly seq: number };

/**
 * A page: each thing by its name, as the fact with the highest number left it. Facts may come in any order and more than once,
 * and some may be missing yet: what is there is never older than what was there before.
 */
export interface PageState {
  /** The highest number of a fact that was seen. */
  readonly version: number;
  readonly things: ReadonlyMap<string, Kept>;
}

/** A page of which nothing is known. */
export const emptyPage: PageState = { version: 0, things: new Map() };

/** Where a thing stands in a page. */
export const nameOfEntry = ({ kind, id }: Pick<Entry, 'kind' | 'id'>): string => `${kind}/${id}`;

/** All things of one kind, in the order of their names. */
export function all<K extends Kind>({ things }: PageState, kind: K): readonly Kinds[K][] {
  return [...things]
    .filter(([, kept]) => kept.kind === kind)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, kept]) => kept.is as Kinds[K]);
}

/** One thing by its id. */
export function one<K extends Kind>({ things }: PageState, kind: K, id: string): Kinds[K] | undefined {
  const kept = things.get(`${kind}/${id}`);
  return kept?.kind === kind ? (kept.is as Kinds[K]) : undefined;
}

/** The settings of a page; a name alone before anybody chose any. */
export const settingsOf = (state: PageState): Settings =>
  one(state, 'settings', 'page') ?? { name: 'Status' };
