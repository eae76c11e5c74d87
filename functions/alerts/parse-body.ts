import { alertLimits, nestedDeeperThan, parseExactly } from '../../shared/alerts/index.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { parseJson } from '../edge/body.ts';
import { parseMultipart, parseUrlForm, recordOfFields } from './parse-form.ts';
import { NotJson } from './refusals.ts';

/**
 * What a webhook says: JSON under any content type, since many send it under the wrong one, else a form where the type says so.
 * What a form holds as JSON is read, and a form of one such field is that field: so products send their JSON in forms.
 */
export async function parseBody(text: string, type = ''): Promise<unknown> {
  if (/^\s*["[{]/.test(text)) return parseText(text);
  if (/^\s*application\/x-www-form-urlencoded\b/i.test(type)) return withoutWrapper(parseUrlForm(text));
  if (/^\s*multipart\/form-data\b/i.test(type)) return withoutWrapper(await parseMultipart(text, type));
  return parseText(text);
}

/** What the query of an address says, as a form of the same fields. */
export function parseQuery(query: Readonly<Record<string, string | undefined>> | null | undefined): unknown {
  const fields = Object.entries(query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return withoutWrapper(recordOfFields(fields));
}

function withoutWrapper(form: Readonly<Record<string, unknown>>): unknown {
  const read = Object.entries(form).map(([name, value]) => [name, readField(value)] as const);
  const [first] = read;
  const isWrapper = read.length === 1 && typeof first?.[1] === 'object' && typeof form[first[0]] === 'string';
  return isWrapper ? first?.[1] : Object.fromEntries(read);
}

/** A field that holds a JSON object or list is what it holds; a text that only looks like one stays a text. */
function readField(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return parseText(value);
  } catch (error) {
    if (error instanceof Refusal) return value;
    throw error;
  }
}

function parseText(text: string): unknown {
  if (nestedDeeperThan(text, alertLimits.depth)) {
    throw new Refusal(
      'invalid',
      `The body is nested deeper than ${alertLimits.depth} levels; send it flatter.`,
      'body',
    );
  }
  try {
    return parseJson(text, parseExactly);
  } catch (error) {
    throw error instanceof Refusal ? new NotJson(error.code, error.message, error.param) : error;
  }
}
