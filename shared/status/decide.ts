import { type Instant, impossible, isSame } from '../kernel/index.ts';
import type { PageCommand } from './commands.ts';
import { addComponent, changeComponent, mark, removeComponent } from './decide-components.ts';
import { changeGroups } from './decide-groups.ts';
import { changeIncident, publishIncident, publishUpdate } from './decide-incidents.ts';
import { cancel, changeMaintenance, schedule } from './decide-maintenance.ts';
import { correctUpdate, withdrawUpdate } from './decide-updates.ts';
import { fact, patched } from './drafting.ts';
import type { NewPageFact } from './facts.ts';
import type { Settings } from './nouns.ts';
import { one, type PageState, settingsOf } from './state.ts';

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
    case 'withdraw-update':
      return withdrawUpdate(state, command, now);
    case 'schedule':
      return schedule(state, command, now);
    case 'change-maintenance':
      return changeMaintenance(state, command, now);
    case 'cancel-maintenance':
      return cancel(state, command, now);
    case 'dismiss':
      return dismiss(state, command.proposal, now);
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

function dismiss(state: PageState, proposal: string, now: Instant): readonly NewPageFact[] {
  if (one(state, 'dismissal', proposal)) return [];
  return fact('proposal.dismissed', now, { kind: 'dismissal', id: proposal, is: { proposal, at: now } });
}
