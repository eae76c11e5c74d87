import type { IncidentIds } from './incident-names.ts';

/** Fields of messages and facts that say what one is about, and never what somebody wrote. */
const telling = [
  'kind',
  'type',
  'org',
  'integration',
  'receipt',
  'incident',
  'incidentId',
  'page',
  'pageId',
  'generation',
  'step',
  'seq',
  'person',
  'channel',
  'minute',
] as const;

/** Finds what people call an incident; undefined where it is not known. */
export type NameOf = (ids: IncidentIds) => Promise<string | undefined>;

const nobody: NameOf = async () => undefined;

/** What a message was about, in one line: its kind and ids. */
export async function aboutMessage(text: string, nameOf = nobody): Promise<string> {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return `no JSON, of ${text.length} characters`;
  }
  return (await about(message, nameOf)) || `JSON that names nothing, of ${text.length} characters`;
}

/** What a record of the table's stream was about; its image is in DynamoDB's own JSON. */
export async function aboutRecord(record: unknown, nameOf = nobody): Promise<string> {
  const mail = at(at(at(record, 'ses'), 'mail'), 'messageId');
  if (typeof mail === 'string') return `a mail, ${shown(mail)}`;
  const image = at(at(record, 'dynamodb'), 'NewImage');
  const fields = telling.map((name) => [name, plain(at(image, name))] as const);
  return (await about(Object.fromEntries(fields), nameOf)) || 'a record that names nothing';
}

async function about(value: unknown, nameOf: NameOf): Promise<string> {
  const [org, incident] = [at(value, 'org'), at(value, 'incident') ?? at(value, 'incidentId')];
  const isKnown = typeof org === 'string' && typeof incident === 'string';
  const name = isKnown ? await nameOf({ org, incident }) : undefined;
  const said = telling.flatMap((field) => {
    const part = at(value, field);
    if (typeof part !== 'string' && typeof part !== 'number') return [];
    const named = name !== undefined && part === incident ? ` (${shown(name)})` : '';
    return [`${field} ${shown(String(part))}${named}`];
  });
  const signals = at(value, 'signals');
  return [...said, ...(Array.isArray(signals) ? [`${signals.length} signals`] : [])].join(', ');
}

const at = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const plain = (attribute: unknown): unknown => at(attribute, 'S') ?? at(attribute, 'N');

/** A terminal must not do what a sender wrote into an id. */
const shown = (text: string): string => text.slice(0, 100).replaceAll(/[^\w.@:/+=-]/g, '?');
