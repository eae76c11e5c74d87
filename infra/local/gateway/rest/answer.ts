import { isUtf8 } from 'node:buffer';
import type { ServerResponse } from 'node:http';

/** An HTTP answer as a value. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Sends an answer; of a header that occurs more than once each value is sent. */
export function send(response: ServerResponse, answer: Answer): void {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  response.end(answer.body);
}

const allowed = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);
const remapped = new Set([
  'connection',
  'date',
  'server',
  'www-authenticate',
  'authorization',
  'content-md5',
  'expect',
  'host',
]);
const dropped = new Set(['content-length', 'transfer-encoding']);

/**
 * The HTTP answer for what a Lambda proxy integration returned. `undefined` when it is malformed (the gateway answers
 * 502): not an object, an unknown key, a status that is no number, a header that is no text.
 */
export function proxyAnswer(
  payload: unknown,
  isBinary: (accept: string) => boolean,
  accept: string,
): Answer | undefined {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return undefined;
  if (Object.keys(payload).some((key) => !allowed.has(key))) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = payload as Record<
    string,
    unknown
  >;
  const status = Number(statusCode ?? 200);
  const pairs = headerPairs(headers, multiValueHeaders);
  if (!Number.isInteger(status) || status < 100 || status > 599 || pairs === undefined) return undefined;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  const decoded = isBase64Encoded === true && isBinary(accept);
  return {
    status,
    headers: pairs.some(([name]) => name.toLowerCase() === 'content-type')
      ? pairs
      : [['Content-Type', 'application/json'], ...pairs],
    body: Buffer.from(body ?? '', decoded ? 'base64' : 'utf8'),
  };
}

/** Single values come first; a name that `multiValueHeaders` holds too is taken from there alone. */
function headerPairs(single: unknown, multi: unknown): [string, string][] | undefined {
  const pairs: [string, string][] = [];
  const many = Object.entries(multi ?? {}).map(
    ([name, values]) => [name, Array.isArray(values) ? values : [values]] as const,
  );
  const names = new Set(many.map(([name]) => name.toLowerCase()));
  const few = Object.entries(single ?? {}).filter(([name]) => !names.has(name.toLowerCase()));
  for (const [name, values] of [...few.map(([name, value]) => [name, [value]] as const), ...many]) {
    for (const value of values) {
      if (!['string', 'boolean', 'number'].includes(typeof value) || !isHeader(name, String(value)))
        return undefined;
      const lower = name.toLowerCase();
      if (!dropped.has(lower))
        pairs.push([remapped.has(lower) ? `x-amzn-Remapped-${name}` : name, String(value)]);
    }
  }
  return pairs;
}

function isHeader(name: string, value: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[\r\n\0]/.test(value) && isUtf8(Buffer.from(value));
}
