import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OutboundFailure } from '../../../functions/edge/outbound-failure.ts';
import { originsIn, targetOf } from '../../../functions/edge/outbound-target.ts';

const none = originsIn('none');

describe('an address that somebody else chose', () => {
  it.each([
    'file:///etc/passwd',
    'gopher://example.com/',
    'ftp://example.com/',
    'data:text/plain,x',
    'javascript:alert(1)',
    'http://example.com/',
    'https://ann:pw@example.com/',
    'https://ann@example.com/',
    'https://exam\tple.com/',
    'https://example.com/\n',
    ' https://example.com/',
    'https://example。com/',
    'https://ｅxample.com/',
    'https://example.com:22/',
    'https://example.com:6379/',
    'https://example.com:9001/',
    'https://example.com:80/',
    'https://',
    '//example.com/',
    'example.com',
    '',
  ])('[F47] is refused: %j', (url) => {
    expect(() => targetOf(url, none)).toThrow(OutboundFailure);
  });

  it.each([
    'https://localhost/',
    'https://LOCALHOST./',
    'https://a.localhost/',
    'https://metadata.google.internal/computeMetadata/v1/',
    'https://printer.local/',
    'https://dynamodb.eu-central-1.amazonaws.com/',
    'https://ssm.eu-central-1.api.aws/',
  ])('[F43] [F44] is refused by its name: %s', (url) => {
    expect(() => targetOf(url, none)).toThrow(/its name leads inside/);
  });

  it.each([
    'https://api.zoom.us/v2/users/me/meetings',
    'https://graph.microsoft.com:443/v1.0',
    'https://internal-tools.example.com/x?y=%20z',
    'https://notamazonaws.com.example.com/',
  ])('is taken: %s', (url) => {
    expect(targetOf(url, none)).toEqual({ url: new URL(url), isAllowed: false, isPrivate: false });
  });

  it('is taken as it is when the deployment allows its origin, and only that', () => {
    const allowed = originsIn('http://127.0.0.1:4100 https://gateway.internal:8443');
    expect(targetOf('http://127.0.0.1:4100/a?b', allowed).isAllowed).toBe(true);
    expect(targetOf('https://gateway.internal:8443/', allowed).isAllowed).toBe(true);
    // The same origin in other words.
    expect(targetOf('http://0x7f.1:4100/', allowed).isAllowed).toBe(true);
    for (const url of [
      ...['http://127.0.0.1:4101/', 'http://127.0.0.1/', 'https://127.0.0.1:4100/'],
      ...['http://x@127.0.0.1:4100/', 'http://gateway.internal:8443/'],
    ])
      expect(() => targetOf(url, allowed)).toThrow(OutboundFailure);
  });

  it('never becomes anything but https at a plain port, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ validSchemes: ['http', 'https', 'ftp'] })), (text) => {
        try {
          const { url } = targetOf(text, none);
          expect([url.protocol, url.port, url.username]).toEqual(['https:', '', '']);
        } catch (error) {
          expect(error).toBeInstanceOf(OutboundFailure);
        }
      }),
    );
  });
});
