import { isRecord, type JsonRecord } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';

/** What an action says in words; undefined where its state says all. A note is said in the words of its author. */
export function sentenceOf(action: string, alert: JsonRecord): string | undefined {
  const note = textOf(alert.note);
  if (action === 'AddNote') return note ?? 'Added a note without words';
  if (quiet.has(action)) return note;
  const sentence = Object.hasOwn(sentences, action) ? sentences[action]?.(alert) : undefined;
  const said = sentence ?? wordsOf(action);
  return note === undefined ? said : `${said}: ${note}`;
}

/** Their signal is told by itself. */
const quiet: ReadonlySet<string> = new Set(['Create', 'Acknowledge', 'UnAcknowledge', 'Close', 'Delete']);

const sentences: Readonly<Record<string, (alert: JsonRecord) => string | undefined>> = {
  AssignOwnership: ({ owner }) => after('Assigned to ', textOf(owner)),
  TakeOwnership: ({ username }) => after('Taken by ', textOf(username)),
  AddTags: (alert) => after('Tags added: ', listIn(alert.addedTags ?? alert.tags)),
  RemoveTags: ({ removedTags }) => after('Tags removed: ', listIn(removedTags)),
  AddTeam: (alert) => after('Team added: ', listIn(alert.team ?? alert.teams)),
  AddRecipient: (alert) => after('Recipient added: ', listIn(alert.recipient ?? alert.recipients)),
  AddResponder: (alert) => after('Responder added: ', listIn(alert.responder ?? alert.responders)),
  EscalateNext: () => 'Escalated to the next level',
  Escalate: ({ escalationNotify }) => after('Escalated to ', listIn(escalationNotify)),
  UpdatePriority: ({ priority }) => after('Priority set to ', priorityText(priority)),
  UpdateMessage: ({ message }) => after('Message changed to ', textOf(message)?.trim()),
  Snooze: (alert) => after('Snoozed until ', textOf(alert.snoozeEndDate ?? alert.snoozedUntil)),
  SnoozeEnded: () => 'Snooze ended',
};

const after = (start: string, text: string | undefined): string | undefined =>
  text === undefined ? undefined : `${start}${text}`;

const priorityText = (priority: unknown): string | undefined =>
  typeof priority === 'number' ? `P${priority}` : textOf(priority);

/** Names in a list, or one alone; each a text or an object with a name. */
function listIn(value: unknown): string | undefined {
  const list: unknown[] = Array.isArray(value) ? value.slice(0, 20) : [value];
  const names = list.flatMap((one) => textOf(isRecord(one) ? (one.name ?? one.id) : one) ?? []);
  return names.length === 0 ? undefined : names.join(', ');
}

/** `RemoveDetails` as words: `Remove details`. An action that a team named itself stays nearly as it is. */
function wordsOf(action: string): string {
  const words = action
    .slice(0, 100)
    .replaceAll(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return `Action: ${words}`;
}
