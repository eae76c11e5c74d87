import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { textOf } from '../../reading.ts';
import { namesIn } from './incident.ts';

/** What an event says in words, by what follows `incident.` in its type; undefined where its state says all. */
export function sentenceOf(action: string, data: JsonRecord): string | undefined {
  if (quiet.has(action)) return undefined;
  const sentence = Object.hasOwn(sentences, action) ? sentences[action]?.(data) : undefined;
  return sentence ?? named(action, data);
}

/** Their signal is told by itself. */
const quiet: ReadonlySet<string> = new Set([
  'triggered',
  'acknowledged',
  'unacknowledged',
  'resolved',
  'reopened',
]);

const nameOf = (reference: unknown): string | undefined => textOf(recordOf(reference).summary);

const sentences: Readonly<Record<string, (data: JsonRecord) => string | undefined>> = {
  annotated: (data) => whole(data.content, data.trimmed),
  status_update_published: (data) => after('Status update: ', whole(data.message, data.trimmed)),
  escalated: (data) => after('Escalated to ', namesIn(data.assignees)),
  delegated: (data) => after('Delegated to ', nameOf(data.escalation_policy)),
  reassigned: (data) => after('Assigned to ', namesIn(data.assignees)),
  priority_updated: (data) =>
    data.priority === null ? 'Priority removed' : after('Priority set to ', nameOf(data.priority)),
  service_updated: (data) => after('Moved to the service ', nameOf(data.service)),
  'incident_type.changed': (data) => after('Type changed to ', textOf(recordOf(data.incident_type).name)),
  'responder.added': (data) => responder('Asked to respond', data),
  'responder.replied': (data) => responder(`Answered (${textOf(data.state) ?? 'no state'})`, data),
  'conference_bridge.updated': (data) => after('Conference: ', textOf(data.conference_url)),
  'custom_field_values.updated': (data) => after('Fields updated: ', fieldsIn(data.custom_fields)),
  'role.assigned': ({ incident_role_assignments }) => after('Roles: ', rolesIn(incident_role_assignments)),
};

const after = (start: string, text: string | undefined): string | undefined =>
  text === undefined ? undefined : `${start}${text}`;

/** PagerDuty cuts long texts and says so. */
function whole(text: unknown, trimmed: unknown): string | undefined {
  const said = textOf(text);
  return said !== undefined && trimmed === true ? `${said} …` : said;
}

function responder(what: string, data: JsonRecord): string {
  const who = nameOf(data.user) ?? nameOf(data.escalation_policy) ?? 'somebody';
  const message = textOf(data.message);
  return `${what}: ${who}${message === undefined ? '' : `. ${message}`}`;
}

function fieldsIn(fields: unknown): string | undefined {
  const list: unknown[] = Array.isArray(fields) ? fields.slice(0, 20) : [];
  const said = list.filter(isRecord).flatMap((field) => {
    const name = textOf(field.display_name) ?? textOf(field.name);
    return name === undefined ? [] : [`${name} = ${textOf(field.value) ?? 'nothing'}`];
  });
  return said.length === 0 ? undefined : said.join(', ');
}

function rolesIn(assignments: unknown): string | undefined {
  const list: unknown[] = Array.isArray(assignments) ? assignments.slice(0, 20) : [];
  const said = list.filter(isRecord).map((assignment) => {
    const role = nameOf(assignment.incident_role) ?? nameOf(assignment.role) ?? 'a role';
    return `${nameOf(assignment.user) ?? nameOf(assignment.assignee) ?? 'somebody'} is ${role}`;
  });
  return said.length === 0 ? undefined : said.join(', ');
}

/** `task.created` and others by the words of their type, with what the thing is called. */
function named(action: string, data: JsonRecord): string {
  const words = action.slice(0, 100).split(/[._]+/).filter(Boolean).join(' ');
  const what =
    data.type === 'incident' ? undefined : (textOf(data.title) ?? textOf(data.summary) ?? textOf(data.name));
  const sentence = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
  return what === undefined ? sentence : `${sentence}: ${what}`;
}
