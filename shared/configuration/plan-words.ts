import { isSame } from '../kernel/index.ts';
import { type Changes, changesOf, type FieldChange } from './changes.ts';
import type { Configuration } from './configuration.ts';
import { type ListPlan, listPlans } from './list-plan.ts';
import { listNames } from './lists.ts';

/** So many entries of a list are named; how many more there are is told. */
const NAMED = 20;

const settings = ['detection', 'warRoom', 'runbooks', 'shadow'] as const;

/**
 * What differs between two configurations in lines that are read from above: how much, then `+` for what is added, `~` for each field that
 * changes, `-` for what is removed, and what to beware of. Nothing that stays is told.
 */
export function differenceWords(
  before: Configuration,
  after: Configuration,
  warnings: readonly string[] = [],
): readonly string[] {
  const lists = listPlans(before, after);
  const all = listNames.map((name) => lists[name]);
  const set = settings.filter((part) => !isSame(before[part], after[part]));
  const sum = (kind: 'added' | 'changed' | 'removed') =>
    all.reduce((total, list) => total + list[kind].length, 0);
  const [added, changed, removed] = [sum('added'), sum('changed') + set.length, sum('removed')];
  const isNone = added + changed + removed === 0 && !all.some(({ reordered }) => reordered);
  return [
    isNone ? 'Nothing changes.' : `${added} to add, ${changed} to change, ${removed} to remove.`,
    ...listNames.flatMap((name) => entryLines(name, lists[name])),
    ...fieldLines(changesOf(before, after)),
    ...warnings.map((warning) => `! ${warning}`),
  ];
}

const entryLines = (name: string, { added, removed, reordered }: ListPlan): readonly string[] => [
  ...(added.length > 0 ? [`+ ${name}: ${named(added)}`] : []),
  ...(removed.length > 0 ? [`- ${name}: ${named(removed)}`] : []),
  ...(reordered ? [`~ ${name}: in another order`] : []),
];

function named(ids: readonly string[]): string {
  const more = ids.length - NAMED;
  return ids.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more.toLocaleString('en')} more` : '');
}

const fieldLines = ({ changes, moreChanges }: Changes): readonly string[] => [
  ...changes.map(fieldLine),
  ...(moreChanges > 0 ? [`~ ${moreChanges.toLocaleString('en')} more fields`] : []),
];

function fieldLine({ path, before, after }: FieldChange): string {
  if (before === undefined) return `~ ${path}: ${after ?? ''} (it was not there)`;
  return after === undefined ? `~ ${path}: ${before} goes` : `~ ${path}: ${before} → ${after}`;
}
