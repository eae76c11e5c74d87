import { Refusal } from '../../shared/kernel/index.ts';

/** The most fields of a form or query: none of the known senders has more than thirty. */
const MOST_FIELDS = 100;

/** The fields of a form in the encoding of queries. */
export function parseUrlForm(text: string): Record<string, unknown> {
  // Counted before it is taken apart: a form of nothing but separators has no fields, but costs as if it had.
  refuseTooMany(countOf(text, '&') + 1);
  return recordOfFields([...new URLSearchParams(text)]);
}

/** The fields of a `multipart/form-data` form; of a file its text. */
export async function parseMultipart(text: string, type: string): Promise<Record<string, unknown>> {
  const boundary = /boundary="?([^\s";,]+)/i.exec(type)?.[1];
  if (boundary === undefined) throw broken('its Content-Type names no boundary');
  refuseTooMany(countOf(text, `--${boundary}`) - 1);
  const fields: [string, string][] = [];
  for (const [name, value] of await partsOf(text, type)) {
    fields.push([name, typeof value === 'string' ? value : await value.text()]);
  }
  return recordOfFields(fields);
}

async function partsOf(text: string, type: string): Promise<FormData> {
  try {
    return await new Response(text, { headers: { 'content-type': type } }).formData();
  } catch (error) {
    if (error instanceof TypeError) throw broken('its parts do not follow its boundary');
    throw error;
  }
}

/** Fields as an object; of a name that comes several times a list. */
export function recordOfFields(fields: readonly (readonly [string, string])[]): Record<string, unknown> {
  refuseTooMany(fields.length);
  const byName = Map.groupBy(fields, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, same]) => {
      const values = same.map(([, value]) => value);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

function refuseTooMany(count: number): void {
  if (count <= MOST_FIELDS) return;
  throw new Refusal(
    'too_large',
    `The form has ${count} fields; at most ${MOST_FIELDS} are taken. Send JSON, or fewer fields.`,
    'body',
  );
}

const broken = (why: string): Refusal =>
  new Refusal('invalid', `The body is no multipart form: ${why}. Send it again, or send JSON.`, 'body');

function countOf(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}
