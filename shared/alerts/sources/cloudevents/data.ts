import { isRecord, type JsonRecord } from '../../../kernel/index.ts';
import { limits } from '../../limits.ts';
import { nestedDeeperThan } from '../../nesting.ts';

/** The data of an event, as an object; of a text, that text as its message. */
export function dataOf({ data, data_base64: encoded }: JsonRecord): JsonRecord {
  const value = data === undefined && typeof encoded === 'string' ? readData(textOfBytes(encoded)) : data;
  if (isRecord(value)) return value;
  return typeof value === 'string' ? { message: value } : {};
}

/** The text of bytes in base64, or nothing where these are none. */
function textOfBytes(base64: string): string | undefined {
  // `atob` refuses what is out of place; a pattern that did would read a long run of blanks again from each of them.
  try {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function readData(text: string | undefined): unknown {
  if (text === undefined || nestedDeeperThan(text, limits.depth)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The value of an attribute in a header, where letters beyond ASCII are percent-encoded; as it is where they are not well. */
export function decoded(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}
