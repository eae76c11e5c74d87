import { type Instant, isSame } from '../kernel/index.ts';
import type { PageCommand } from './commands.ts';
import { fact, MOST, missing, next, patched, refuseMore } from './drafting.ts';
import type { NewPageFact } from './facts.ts';
import type { Group } from './nouns.ts';
import { placed } from './placing.ts';
import { all, type Entry, one, type PageState } from './state.ts';

type GroupCommand = Extract<PageCommand, { do: 'add-group' | 'change-group' | 'remove-group' }>;

/** Adds, renames, moves or removes a group. */
export function changeGroups(state: PageState, command: GroupCommand, now: Instant): readonly NewPageFact[] {
  const { id } = command;
  const before = one(state, 'group', id);
  const present = all(state, 'group').filter(({ removedAt }) => removedAt === undefined);
  if (command.do === 'add-group') {
    if (before) return [];
    refuseMore(present.length, MOST.group, 'groups');
    return changed(now, { id, name: command.name, position: next(present) });
  }
  if (!before || before.removedAt !== undefined) throw missing('group', id);
  if (command.do === 'remove-group') return changed(now, { ...before, removedAt: now });
  const is = patched(before, command.change);
  if (command.before === undefined) return isSame(is, before) ? [] : changed(now, is);
  const { own, others } = placed(is, present, command.before);
  return isSame(own, before) && others.length === 0 ? [] : changed(now, own, ...others);
}

const changed = (now: Instant, ...groups: readonly Group[]) =>
  fact('group.changed', now, ...groups.map((is): Entry => ({ kind: 'group', id: is.id, is })));
