import { Refusal } from '../../shared/kernel/index.ts';
import { brokenAt } from './json-place.ts';

/** Our own limit on a body, below what API Gateway lets through. */
export const BODY_LIMIT = 1024 * 1024;

/** The parts of an API Gateway event that a body is read from. */
export interface BodyEvent {
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
  readonly headers: Readonly<Record<string, string | undefined>> | null;
}

/** The bytes of a body as the sender sent them, for signatures. Refuses what is too large before anything is decoded. */
export function readBytes({ body, isBase64Encoded }: BodyEvent, limit = BODY_LIMIT): Buffer {
  const text = body ?? '';
  const size = isBase64Encoded ? decodedSize(text) : Buffer.byteLength(text);
  if (size > limit) {
    throw new Refusal(
      'too_large',
      `The body has ${size} bytes; at most ${limit} are taken. Send less at once.`,
    );
  }
  return Buffer.from(text, isBase64Encoded ? 'base64' : 'utf8');
}

/** The text of a body: UTF-8, with or without a byte order mark. Compressed bodies and other encodings are `unsupported`. */
export function readText(event: BodyEvent, limit = BODY_LIMIT): string {
  return textIn(readBytes(event, limit), lowerCased(event.headers));
}

/** The same for bytes that were read already; headers under lower-case names. */
export function textIn(bytes: Buffer, headers: Readonly<Record<string, string>>): string {
  refuseEncoding(headers['content-encoding'], bytes);
  refuseCharset(headers['content-type'], bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new Refusal('invalid', 'The body is not valid UTF-8.', 'body');
    throw error;
  }
}

/** The value of a JSON text; what is malformed is refused with its line and column. */
export function parseJson(text: string, read: (text: string) => unknown = JSON.parse): unknown {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal(
      'invalid',
      `The body is not JSON: ${placeIn(text, brokenAt(text) ?? text.length)}.`,
      'body',
    );
  }
}

/** Headers under lower-case names. */
export function lowerCased(headers: BodyEvent['headers']): Readonly<Record<string, string>> {
  const known = Object.entries(headers ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(known.map(([name, value]) => [name.toLowerCase(), value]));
}

function placeIn(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  return at === text.length ? `it ends too early at ${place}` : `unexpected character at ${place}`;
}

function refuseEncoding(encoding: string | undefined, bytes: Buffer): void {
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!compressed && (encoding === undefined || /^(identity|utf-?8)?$/i.test(encoding.trim()))) return;
  throw new Refusal('unsupported', 'The body is compressed; send it as it is, without Content-Encoding.');
}

function refuseCharset(type: string | undefined, bytes: Buffer): void {
  const [first, second] = bytes;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(type ?? '')?.[1];
  if (!marked && (charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset))) return;
  throw new Refusal('unsupported', 'The body is not in UTF-8; send it in UTF-8.');
}

/** How many bytes a base64 text stands for, without decoding it. */
function decodedSize(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return Math.floor((base64.length * 3) / 4) - padding;
}
