/** Fields of messages and facts that say what one is about, and never what somebody wrote. */
const telling = [
  'kind',
  'type',
  'org',
  'integration',
  'receipt',
  'incident',
  'incidentId',
  'generation',
  'step',
  'seq',
  'person',
  'channel',
  'minute',
] as const;

/** What a message was about, in one line: its kind and ids. */
export function aboutMessage(text: string): string {
  try {
    return about(JSON.parse(text)) || `JSON that names nothing, of ${text.length} characters`;
  } catch {
    return `no JSON, of ${text.length} characters`;
  }
}

/** What a record of the table's stream was about; its image is in DynamoDB's own JSON. */
export function aboutRecord(record: unknown): string {
  const image = at(at(record, 'dynamodb'), 'NewImage');
  const fields = telling.map((name) => [name, plain(at(image, name))] as const);
  return about(Object.fromEntries(fields)) || 'a record that names nothing';
}

function about(value: unknown): string {
  const said = telling.flatMap((name) => {
    const part = at(value, name);
    return typeof part === 'string' || typeof part === 'number' ? [`${name} ${shown(String(part))}`] : [];
  });
  const signals = at(value, 'signals');
  return [...said, ...(Array.isArray(signals) ? [`${signals.length} signals`] : [])].join(', ');
}

const at = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const plain = (attribute: unknown): unknown => at(attribute, 'S') ?? at(attribute, 'N');

/** A terminal must not do what a sender wrote into an id. */
const shown = (text: string): string => text.slice(0, 100).replaceAll(/[^\w.@:/+=-]/g, '?');
