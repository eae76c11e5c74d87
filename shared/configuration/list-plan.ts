import { isSame } from '../kernel/index.ts';
import type { Configuration } from './configuration.ts';
import { type ListName, listNames } from './lists.ts';

/** What would change in one list, by ids. */
export interface ListPlan {
  readonly added: string[];
  readonly changed: string[];
  readonly removed: string[];
  /** The same entries come in another order, which counts for policies and rules. */
  readonly reordered: boolean;
}

/** What would change in each list of a configuration. */
export function listPlans(
  before: Pick<Configuration, ListName>,
  after: Pick<Configuration, ListName>,
): Readonly<Record<ListName, ListPlan>> {
  return Object.fromEntries(listNames.map((name) => [name, listPlan(before[name], after[name])])) as Record<
    ListName,
    ListPlan
  >;
}

type Entries = readonly { readonly id: string }[];

function listPlan(before: Entries, after: Entries): ListPlan {
  const [old, young] = [byId(before), byId(after)];
  const kept = after.filter(({ id }) => old.has(id));
  const order = before.filter(({ id }) => young.has(id)).map(({ id }) => id);
  return {
    added: after.filter(({ id }) => !old.has(id)).map(({ id }) => id),
    changed: kept.filter((entry) => !isSame(old.get(entry.id), entry)).map(({ id }) => id),
    removed: before.filter(({ id }) => !young.has(id)).map(({ id }) => id),
    reordered: !isSame(
      order,
      kept.map(({ id }) => id),
    ),
  };
}

const byId = (entries: Entries) => new Map(entries.map((entry) => [entry.id, entry]));
