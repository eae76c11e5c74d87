import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Head } from '../../../../infra/local/proxy/wire/head.ts';
import { type Message, MessageReader } from '../../../../infra/local/proxy/wire/reader.ts';
import { operationOf } from '../../../../infra/local/proxy/wire/request.ts';

const bodies = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));

/** A request with a length, without a body, or in chunks; as it goes over the wire, and its body. */
const requests = fc.oneof(
  bodies.map((body) => ({ body, wire: [head(`Content-Length: ${body.length}`), body] })),
  fc.constant({ body: Buffer.alloc(0), wire: [head()] }),
  fc.array(bodies.filter(({ length }) => length > 0)).map((parts) => ({
    body: Buffer.concat(parts),
    wire: [
      head('Transfer-Encoding: chunked'),
      ...parts.flatMap((part) => [Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
      Buffer.from('0\r\n\r\n'),
    ],
  })),
);

function head(...lines: readonly string[]): Buffer {
  return Buffer.from(`${['POST /a HTTP/1.1', 'Host: x', ...lines].join('\r\n')}\r\n\r\n`, 'latin1');
}

function read(pieces: readonly Buffer[], bodiless = false): Message[] {
  const found: Message[] = [];
  const reader = new MessageReader({ message: (one) => found.push(one), bodiless: () => bodiless });
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return found;
}

function cut(whole: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((one) => one % (whole.length + 1)).sort((a, b) => a - b), whole.length];
  return at.slice(1).map((end, i) => whole.subarray(at[i], end));
}

describe('the reader of HTTP', () => {
  test('finds the same messages wherever a connection is cut into pieces', () => {
    fc.assert(
      fc.property(
        fc.array(requests, { maxLength: 4 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (sent, places) => {
          const whole = Buffer.concat(sent.flatMap(({ wire }) => wire));
          const found = read(cut(whole, places));
          expect(found.map(({ body }) => body.toString('hex'))).toEqual(
            sent.map(({ body }) => body.toString('hex')),
          );
        },
      ),
    );
  });

  test('hands on the very bytes of a message that needs no decoding', () => {
    const whole = Buffer.concat([head('Content-Length: 3'), Buffer.from('abc')]);
    expect(read([whole])[0]?.raw?.equals(whole)).toBe(true);
  });

  test('reads an answer without a length to the end of its connection, and one to HEAD not beyond its head', () => {
    const answer = Buffer.from('HTTP/1.1 200 OK\r\nX: 1\r\n\r\n');
    expect(read([answer, Buffer.from('to the end')])[0]?.body.toString()).toBe('to the end');
    const toHead = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n');
    expect(read([toHead], true)[0]?.body.length).toBe(0);
  });

  test('finds a header whatever its case, and changes headers without touching the others', () => {
    const one = new Head('PUT /x HTTP/1.1\r\nA: 1\r\ncontent-LENGTH: 7\r\nContent-Type: t\r\n\r\n');
    expect(one.get('content-length')).toBe('7');
    expect(one.get('ontent-length')).toBeUndefined();
    expect(one.changed(['content-length'], { 'Content-Length': '8' }).all()).toEqual({
      a: '1',
      'content-type': 't',
      'content-length': '8',
    });
  });
});

test.each([
  ['X-Amz-Target: DynamoDB_20120810.PutItem', '{}', 'PutItem'],
  ['Content-Type: application/x-www-form-urlencoded', 'Action=SendEmail&Version=1', 'SendEmail'],
  ['Content-Type: application/octet-stream', 'Action=SendEmail', 'POST /a'],
])('a request with %s asks for its operation', (line, body, operation) => {
  const [message] = read([Buffer.concat([head(line, `Content-Length: ${body.length}`), Buffer.from(body)])]);
  expect(message && operationOf(message)).toBe(operation);
});
