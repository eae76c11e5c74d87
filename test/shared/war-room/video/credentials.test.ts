import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  credentialProviders,
  meetingTopic,
  videoCredentials,
  videoNotSetUp,
  videoUnavailable,
} from '../../../../shared/war-room/index.ts';

const good = {
  zoom: { accountId: 'a', clientId: 'b', clientSecret: 'c' },
  teams: { tenantId: 'a', clientId: 'b', clientSecret: 'c', userId: 'd' },
  meet: { clientId: 'b', clientSecret: 'c', refreshToken: 'd' },
} as const;

describe('credentials of providers', () => {
  it.each(credentialProviders)('lead to the vendor itself unless told otherwise: %s', (provider) => {
    const { oauthUrl, apiUrl } = videoCredentials[provider].parse(good[provider]);
    expect([oauthUrl, apiUrl].every((url) => /^https:\/\/[\w.]+$/.test(url))).toBe(true);
  });

  it.each([
    [{ clientSecret: '' }],
    [{ clientSecret: 'two words' }],
    [{ clientSecret: 'new\nline' }],
    [{ clientSecret: undefined }],
    [{ userId: '../../me' }],
    [{ userId: 'a/b' }],
    [{ apiUrl: 'ftp://api.zoom.us' }],
    [{ apiUrl: 'https://ann:pw@api.zoom.us' }],
    [{ apiUrl: 'https://api.zoom.us/?x=1' }],
    [{ password: 'x' }],
  ])('are refused with %j', (more) => {
    expect(videoCredentials.zoom.safeParse({ ...good.zoom, ...more }).success).toBe(false);
  });

  it('fit into one parameter, whatever is accepted', () => {
    const text = fc.string({ unit: fc.constantFrom('"', '\\', 'x'), minLength: 1, maxLength: 1_200 });
    for (const provider of credentialProviders)
      fc.assert(
        fc.property(text, (long) => {
          const all = Object.fromEntries(
            Object.keys(good[provider]).map((name) => [
              name,
              long.slice(0, name === 'refreshToken' ? 1_000 : 100),
            ]),
          );
          const { success, data } = videoCredentials[provider].safeParse({ ...all, clientSecret: long });
          if (success) expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(4_096);
        }),
      );
  });
});

describe('a link that there is not', () => {
  it('says what happened, what to look at, and what works meanwhile', () => {
    const { code, message } = videoUnavailable('zoom', {
      answer: { status: 400, body: '{"reason":"Invalid client_id geheim","error":"invalid_client"}' },
    });
    expect(code).toBe('unavailable');
    expect(message).toMatch(/^Zoom gave no link: it answered 400 \(invalid_client\)\. Check account id/);
    expect(message).toMatch(/ask again with \{"provider":"jitsi"\}\.$/);
    expect(message).not.toContain('geheim');
  });

  it.each([
    [429, 'try again later'],
    [503, 'fault of its own'],
    [302, 'no answer of its API'],
    [403, 'application access policy'],
  ])('after %i: %s', (status, words) => {
    expect(videoUnavailable('teams', { answer: { status, body: '' } }).message).toContain(words);
  });

  it('tells what became of a request without an answer, and of credentials that nobody has set', () => {
    expect(videoUnavailable('meet', { because: 'it did not answer in time' }).message).toBe(
      'Google Meet gave no link: it did not answer in time. Try again. ' +
        'Jitsi works without credentials: ask again with {"provider":"jitsi"}.',
    );
    expect(videoNotSetUp('meet')).toMatchObject({ code: 'conflict' });
  });
});

it('the topic of a meeting is one line of at most 200 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      const topic = meetingTopic({ number: 12, title });
      expect(topic.startsWith('INC-12')).toBe(true);
      expect(Buffer.byteLength(topic)).toBeLessThanOrEqual(200);
      expect(topic).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    }),
  );
});
