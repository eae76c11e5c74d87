import { STATUS_CODES } from 'node:http';

/** An answer of HTTP, whole. */
export interface Answer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The bytes of an engine's answer as they came, head and body. */
  readonly raw?: Buffer;
}

/** An answer with a text. */
export function textAnswer(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body = Buffer.from(text);
  return { status, headers: { ...headers, 'content-length': String(body.length) }, body };
}

/** An answer as the bytes that go over the wire. */
export function bytesOf({ status, headers, body, raw }: Answer): Buffer {
  if (raw !== undefined) return raw;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
