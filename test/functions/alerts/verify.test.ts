import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verify } from '../../../functions/alerts/verify.ts';
import type { HmacVerification } from '../../../shared/alerts/index.ts';
import { MINUTE, Refusal, SECOND } from '../../../shared/kernel/index.ts';
import { receivedAt } from '../../support/alert-fixture.ts';
import { doorOf } from './world.ts';

const plain: HmacVerification = { scheme: 'hmac', header: 'x-signature', secretBy: 'source' };
const several: HmacVerification = { ...plain, prefix: 'v1=', several: true };
const timed: HmacVerification = { ...plain, timeHeader: 'x-time' };
const body = Buffer.from('{"event":"trigger","title":"Disk full"}');

const hex = (secret: string, bytes: Buffer | string = body) =>
  createHmac('sha256', secret).update(bytes).digest('hex');

interface Situation {
  readonly by?: HmacVerification;
  readonly secrets?: readonly string[];
  readonly lacking?: boolean;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How it ends: `taken`, or the code of the refusal. */
async function outcome({ by = plain, secrets = ['right'], lacking = false, ...sent }: Situation) {
  const { bytes = body, headers = {} } = sent;
  const ports = {
    secretsOf: async () => ({ known: secrets, lacking }),
    now: () => receivedAt,
    visit: () => Promise.reject(new Error('Nobody is to be asked')),
    fault: () => undefined,
  };
  try {
    await verify(by, doorOf('generic'), { bytes, headers }, ports);
    return 'taken';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.message).not.toMatch(/right|Disk/);
    return error.code;
  }
}

describe('a signature', () => {
  it('over the bytes as they came is taken, in either case of its digits', async () => {
    expect(await outcome({ headers: { 'x-signature': hex('right') } })).toBe('taken');
    expect(await outcome({ headers: { 'x-signature': hex('right').toUpperCase() } })).toBe('taken');
  });

  it('[F1] that is missing, wrong, or made with the secret of another source is refused', async () => {
    expect(await outcome({})).toBe('forbidden');
    expect(await outcome({ headers: { 'x-signature': '0'.repeat(64) } })).toBe('forbidden');
    expect(await outcome({ headers: { 'x-signature': hex('of another source') } })).toBe('forbidden');
  });

  const changed: Readonly<Record<string, string>> = {
    'one byte': '{"event":"trigger","title":"Disk fuln"}',
    'the order of keys': '{"title":"Disk full","event":"trigger"}',
    'white space': '{"event": "trigger","title":"Disk full"}',
    'a line end': '{"event":"trigger","title":"Disk full"}\n',
    'an escaped letter': '{"event":"trigger","title":"Disk f\\u0075ll"}',
    'its end': '{"event":"trigger","title":"Disk full"',
  };
  it.each(Object.entries(changed))('[F2] is refused once %s is changed', async (_, text) => {
    const headers = { 'x-signature': hex('right') };
    expect(await outcome({ bytes: Buffer.from(text), headers })).toBe('forbidden');
  });

  const odd: Readonly<Record<string, string>> = {
    empty: '',
    blank: '   ',
    short: hex('right').slice(0, 62),
    long: `${hex('right')}00`,
    'not hex': `${hex('right').slice(0, 63)}g`,
    'of 1 MB': 'a'.repeat(1024 * 1024),
    'right and then 1 MB': `${hex('right')}${' '.repeat(1024 * 1024)}`,
    'sent twice, where one is meant': `${hex('right')}, ${hex('right')}`,
    'in base64': Buffer.from(hex('right'), 'hex').toString('base64'),
    'with a prefix that is not meant': `sha256=${hex('right')}`,
    'with characters beyond ASCII': '\u{1f600}'.repeat(32),
    'of NUL': '\0'.repeat(64),
  };
  it.each(Object.entries(odd))('[F4] that is %s is refused and never a fault', async (_, text) => {
    expect(await outcome({ headers: { 'x-signature': text } })).toBe('forbidden');
    expect(await outcome({ by: timed, headers: { 'x-signature': text } })).toBe('forbidden');
  });

  it('[F3] of several is taken when one fits one of the secrets, at most ten are looked at', async () => {
    const [old, young, wrong] = ['old', 'young', 'other'].map((secret) => `v1=${hex(secret)}`);
    const of = (header: string, secrets = ['young', 'old']) =>
      outcome({ by: several, secrets, headers: { 'x-signature': header } });
    expect(await of(`${old},${wrong}`)).toBe('taken');
    expect(await of(`${wrong}, ${young}`)).toBe('taken');
    expect(await of(`${wrong},v0=x,${wrong}`)).toBe('forbidden');
    expect(await of(`${old}`, ['young'])).toBe('forbidden');
    expect(await of(`${`${wrong},`.repeat(9)}${old}`)).toBe('taken');
    expect(await of(`${`${wrong},`.repeat(10)}${old}`)).toBe('forbidden');
    expect(await of(`${old}`.replace('v1=', ''))).toBe('forbidden');
  });

  it('[F6] with a time is over both, and old after five minutes; also a clock that is ahead is refused', async () => {
    const at = (offset: number, said = offset) => {
      const time = String(Math.floor((receivedAt + offset) / SECOND));
      const claimed = String(Math.floor((receivedAt + said) / SECOND));
      const signature = hex('right', Buffer.concat([Buffer.from(`${time}:`), body]));
      return outcome({ by: timed, headers: { 'x-signature': signature, 'x-time': claimed } });
    };
    expect(await at(0)).toBe('taken');
    expect(await at(-5 * MINUTE)).toBe('taken');
    expect(await at(-5 * MINUTE - SECOND)).toBe('forbidden');
    expect(await at(-10 * MINUTE)).toBe('forbidden');
    expect(await at(10 * MINUTE)).toBe('forbidden');
    // The time of a recording cannot be made a new one.
    expect(await at(-10 * MINUTE, 0)).toBe('forbidden');
    const bare = { 'x-signature': hex('right', Buffer.concat([Buffer.from('x:'), body])), 'x-time': 'x' };
    expect(await outcome({ by: timed, headers: bare })).toBe('forbidden');
  });

  it('is asked of nobody where there is no secret, and is never waved through where one cannot be read', async () => {
    expect(await outcome({ secrets: [] })).toBe('taken');
    const headers = { 'x-signature': hex('right') };
    expect(await outcome({ secrets: [], lacking: true, headers })).toBe('unavailable');
    expect(await outcome({ secrets: [], lacking: true })).toBe('forbidden');
    expect(await outcome({ secrets: ['right'], lacking: true, headers })).toBe('taken');
    expect(await outcome({ secrets: ['other'], lacking: true, headers })).toBe('unavailable');
  });

  it('is compared in constant time, every one with every secret', () => {
    const source = readFileSync(new URL('../../../functions/alerts/verify.ts', import.meta.url), 'utf8');
    expect(source).toContain('timingSafeEqual');
    expect(source).not.toMatch(/matches\.some|=== right|\.equals\(/);
  });
});

/** HMAC-SHA256 in hex, as vendors and standards publish it. */
const published = [
  {
    of: 'GitHub, "Validating webhook deliveries"',
    by: { ...plain, header: 'x-hub-signature-256', prefix: 'sha256=' },
    secret: "It's a Secret to Everybody",
    body: 'Hello, World!',
    signature: '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  },
  {
    of: 'RFC 4231, test case 2',
    by: plain,
    secret: 'Jefe',
    body: 'what do ya want for nothing?',
    signature: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
] as const;

describe('a published example', () => {
  it.each(published)('of $of is taken, and refused with another secret', async (one) => {
    const prefix = 'prefix' in one.by ? one.by.prefix : '';
    const given = {
      by: one.by,
      bytes: Buffer.from(one.body),
      headers: { [one.by.header]: `${prefix}${one.signature}` },
    };
    expect(await outcome({ ...given, secrets: [one.secret] })).toBe('taken');
    expect(await outcome({ ...given, secrets: [`${one.secret}.`] })).toBe('forbidden');
  });
});
