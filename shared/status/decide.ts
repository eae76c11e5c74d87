import { type Instant, impossible } from '../kernel/index.ts';
import type { PageCommand } from './commands.ts';
import { addComponent, changeComponent, mark, removeComponent } from './decide-components.ts';
import { changeIncident, correctUpdate, publishIncident, publishUpdate } from './decide-incidents.ts';
import { cancel, changeMaintenance, schedule } from './decide-maintenance.ts';
import { fact, isSame, MOST, missing, next, patched, refuseMore } from './drafting.ts';
import type { NewPageFact } from './facts.ts';
import type { Settings } from './nouns.ts';
import { all, one, type PageState, settingsOf } from './state.ts';

/**
 * The facts that a command causes on a page. An empty list means that there is nothing to do: repeating a command is harmless.
 * What contradicts the page is refused.
 */
export function decidePage(state: PageState, command: PageCommand, now: Instant): readonly NewPageFact[] {
  switch (command.do) {
    case 'configure':
      return configure(state, command.settings, now);
    case 'add-group':
    case 'change-group':
    case 'remove-group':
      return changeGroups(state, command, now);
    case 'add-component':
      return addComponent(state, command, now);
    case 'change-component':
      return changeComponent(state, command, now);
    case 'remove-component':
      return removeComponent(state, command, now);
    case 'mark':
      return mark(state, command, now);
    case 'publish-incident':
      return publishIncident(state, command, now);
    case 'publish-update':
      return publishUpdate(state, command, now);
    case 'change-incident':
      return changeIncident(state, command, now);
    case 'correct-update':
      return correctUpdate(state, command, now);
    case 'schedule':
      return schedule(state, command, now);
    case 'change-maintenance':
      return changeMaintenance(state, command, now);
    case 'cancel-maintenance':
      return cancel(state, command, now);
    case 'dismiss': {
      if (one(state, 'dismissal', command.proposal)) return [];
      const is = { proposal: command.proposal, at: now };
      return fact('proposal.dismissed', now, { kind: 'dismissal', id: command.proposal, is });
    }
    default:
      return impossible(command);
  }
}

type Configure = Extract<PageCommand, { do: 'configure' }>['settings'];

function configure(state: PageState, change: Configure, now: Instant): readonly NewPageFact[] {
  const before = settingsOf(state);
  const is: Settings = { ...patched(before, change), name: change.name ?? before.name };
  if (isSame(is, one(state, 'settings', 'page'))) return [];
  return fact('page.configured', now, { kind: 'settings', id: 'page', is });
}

type GroupCommand = Extract<PageCommand, { do: 'add-group' | 'change-group' | 'remove-group' }>;

function changeGroups(state: PageState, command: GroupCommand, now: Instant): readonly NewPageFact[] {
  const { id } = command;
  const before = one(state, 'group', id);
  const put = (is: NonNullable<typeof before>) =>
    isSame(is, before) ? [] : fact('group.changed', now, { kind: 'group', id, is });
  if (command.do === 'add-group') {
    if (before) return [];
    const present = all(state, 'group').filter(({ removedAt }) => removedAt === undefined);
    refuseMore(present.length, MOST.group, 'groups');
    return put({ id, name: command.name, position: next(present) });
  }
  if (!before || before.removedAt !== undefined) throw missing('group', id);
  if (command.do === 'change-group') return put(patched(before, command.change));
  return fact('group.changed', now, { kind: 'group', id, is: { ...before, removedAt: now } });
}
