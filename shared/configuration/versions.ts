import { isCounting } from '../detection/index.ts';
import { type Actor, type Instant, isSame } from '../kernel/index.ts';
import type { Configuration } from './configuration.ts';
import { type ListName, listNames } from './lists.ts';

/** Who made a version of the configuration, when, why, and what it touched. */
export interface VersionNote {
  readonly version: number;
  readonly at: Instant;
  readonly by: Actor;
  /** In their words, else what changed; absent where an earlier version of the program stored it and they gave none. */
  readonly reason?: string;
  /** The version whose content this one has again. */
  readonly restores?: number;
  readonly touched: Touched;
}

/** Ids that were added, changed or removed, by the list in which they are; of each the first hundred. */
export interface Touched {
  readonly lists: Readonly<Partial<Record<ListName, readonly string[]>>>;
  readonly settings: readonly string[];
  /** More ids than are named. */
  readonly more: number;
}

const MOST_NAMED = 100;
const settings = ['detection', 'warRoom', 'runbooks', 'shadow'] as const;

/** What a new version touches. */
export function touchedBy(before: Configuration, after: Configuration): Touched {
  const lists: Partial<Record<ListName, readonly string[]>> = {};
  let more = 0;
  for (const name of listNames) {
    const ids = changedIds(before[name], after[name]);
    if (ids.length > 0) lists[name] = ids.slice(0, MOST_NAMED);
    more += Math.max(0, ids.length - MOST_NAMED);
  }
  return { lists, settings: settings.filter((name) => !isSame(before[name], after[name])), more };
}

/** Whether alerts that were muted by the version before, or waited for a threshold of it, may not be by this one. */
export const placesOtherwise = (before: Configuration, after: Configuration): boolean =>
  mutesOtherwise(before, after) || countsOtherwise(before, after);

const mutesOtherwise = ({ detection: before }: Configuration, { detection }: Configuration): boolean =>
  before.inhibitions.length > 0 && !isSame(before.inhibitions, detection.inhibitions);

const countsOtherwise = ({ rules: before }: Configuration, { rules }: Configuration): boolean =>
  before.some(isCounting) && !isSame(before, rules);

type Entries = readonly { readonly id: string }[];

function changedIds(before: Entries, after: Entries): readonly string[] {
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const young = new Set(after.map(({ id }) => id));
  const changed = after.filter((entry) => !isSame(old.get(entry.id), entry));
  const removed = before.filter(({ id }) => !young.has(id));
  return [...changed, ...removed].map(({ id }) => id);
}

/**
 * The document with the time since which its shadow rules are watched: since now when they are new or others, else as before. A time
 * that somebody sets holds.
 */
export function withShadowSince(before: Configuration, after: Configuration, now: string): Configuration {
  const { shadow } = after;
  if (!shadow) return after;
  const isNew = !before.shadow || !isSame(before.shadow.rules, shadow.rules);
  const isSaid = shadow.since !== undefined && shadow.since !== before.shadow?.since;
  if (isSaid) return after;
  return { ...after, shadow: { ...shadow, since: isNew ? now : (before.shadow?.since ?? now) } };
}
