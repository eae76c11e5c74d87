import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BODY_LIMIT, parseJson, readBytes, readText } from '../../../functions/edge/body.ts';
import { Refusal } from '../../../shared/kernel/index.ts';

const event = (bytes: Uint8Array, headers: Record<string, string> = {}) => ({
  body: Buffer.from(bytes).toString('base64'),
  isBase64Encoded: true,
  headers,
});

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof Refusal ? error.code : 'fault';
  }
  return 'fine';
};

describe('[F8] the raw bytes', () => {
  it('come back exactly as they were sent', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        expect(readBytes(event(bytes))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('are read as UTF-8, with or without a byte order mark', () => {
    expect(readText(event(Buffer.from('\uFEFF{"a":"ü"}')))).toBe('{"a":"ü"}');
    expect(readText({ body: 'ü', isBase64Encoded: false, headers: null })).toBe('ü');
    expect(readText({ body: null, isBase64Encoded: false, headers: null })).toBe('');
  });

  it.each([
    ['gzip by its bytes', gzipSync('{}'), {}],
    ['gzip by its header', Buffer.from('{}'), { 'Content-Encoding': 'gzip' }],
    ['UTF-16 by its mark', Buffer.from([0xff, 0xfe, 0x7b, 0]), {}],
    ['UTF-16 by its header', Buffer.from('{}'), { 'content-type': 'application/json; charset=utf-16' }],
  ])('are unsupported as %s', (_, bytes, headers) => {
    expect(codeOf(() => readText(event(bytes, headers)))).toBe('unsupported');
  });

  it('are invalid when they are no UTF-8', () => {
    expect(codeOf(() => readText(event(Buffer.from([0xc3, 0x28]))))).toBe('invalid');
  });

  it('are either text or a refusal, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, encoding) => {
        expect(['fine', 'unsupported', 'invalid']).toContain(
          codeOf(() => readText(event(bytes, { 'content-encoding': encoding }))),
        );
      }),
    );
  });
});

describe('[F10] the limit', () => {
  it('counts decoded bytes to the byte', () => {
    expect(codeOf(() => readBytes(event(Buffer.alloc(BODY_LIMIT))))).toBe('fine');
    expect(codeOf(() => readBytes(event(Buffer.alloc(BODY_LIMIT + 1))))).toBe('too_large');
    for (const size of [0, 1, 2, 3, 4, 5]) {
      expect(codeOf(() => readBytes(event(Buffer.alloc(size)), size))).toBe('fine');
      if (size > 0) expect(codeOf(() => readBytes(event(Buffer.alloc(size)), size - 1))).toBe('too_large');
    }
  });

  it('is checked before anything is decoded', () => {
    const broken = { body: '!'.repeat(3_000_000), isBase64Encoded: true, headers: {} };
    expect(codeOf(() => readText(broken))).toBe('too_large');
  });
});

describe('malformed JSON', () => {
  it('is refused with its line and column', () => {
    expect(() => parseJson('{\n  "a": 1,\n  b: 2\n}')).toThrow('unexpected character at line 3, column 3');
    expect(() => parseJson('{"a": [1,')).toThrow('it ends too early at line 1, column 10');
    expect(() => parseJson('')).toThrow('it ends too early at line 1, column 1');
  });

  it('does not repeat what was sent', () => {
    expect(() => parseJson('{"password": "hunter2" oops')).toThrow(/^(?!.*hunter2)/);
  });
});
