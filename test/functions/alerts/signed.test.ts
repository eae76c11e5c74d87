import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type HmacVerification, type Source, sources } from '../../../shared/alerts/index.ts';
import { fixtureText } from '../../support/alert-fixture.ts';
import { World } from './world.ts';

const secret = 'canary-signing-secret';
const text = {
  pagerduty: fixtureText('pagerduty/triggered'),
  sentry: fixtureText('sentry/issue-created'),
  github: fixtureText('github/deployment'),
} as const;
type Signing = keyof typeof text;
const signing: readonly Signing[] = ['pagerduty', 'sentry', 'github'];

const hex = (body: string | Uint8Array, key = secret): string =>
  createHmac('sha256', key).update(body).digest('hex');

const schemeOf = (source: Signing): HmacVerification => sources[source].verification as HmacVerification;

/** A header as the source writes it: with a capital at each word. */
function signed(source: Signing, ...digests: readonly string[]): Record<string, string> {
  const { header, prefix = '' } = schemeOf(source);
  const name = header.replaceAll(/(^|-)[a-z]/g, (start) => start.toUpperCase());
  return { 'content-type': 'application/json', [name]: digests.map((one) => `${prefix}${one}`).join(',') };
}

function worldOf(source: Source, ...known: readonly string[]): World {
  const world = new World();
  world.signing[source] = known.length === 0 ? [secret] : known;
  return world;
}

const stored = (world: World): number => world.accepted.length + world.parked.length;

describe.each(signing)('%s', (source) => {
  const body = text[source];

  it('is taken when its body is signed with the secret, and when the integration has none', async () => {
    const world = worldOf(source);
    const { reply } = await world.post(source, body, { headers: signed(source, hex(body)) });
    expect([reply.status, stored(world)]).toEqual([202, 1]);
    expect((await new World().post(source, body)).reply.status).toBe(202);
  });

  it('[F1] without a signature, with a wrong one, or with that of another secret is refused, and nothing is stored', async () => {
    const world = worldOf(source);
    for (const headers of [
      { 'content-type': 'application/json' },
      signed(source, '0'.repeat(64)),
      signed(source, hex(body, 'another')),
      signed(source, hex('')),
    ]) {
      const { reply } = await world.post(source, body, { headers });
      expect([reply.status, reply.body]).toMatchObject([403, { error: { code: 'forbidden' } }]);
      expect(JSON.stringify(reply)).not.toContain('canary');
    }
    expect(stored(world)).toBe(0);
    expect(world.kept).toHaveLength(4);
    for (const { bytes, reason } of world.kept)
      expect([bytes, reason]).toEqual([undefined, expect.any(String)]);
  });

  it('is kept for whoever looks at it once it was let in, also where it is then refused', async () => {
    const world = worldOf(source);
    for (const text of [body, '{']) await world.post(source, text, { headers: signed(source, hex(text)) });
    expect(world.kept.map(({ status, bytes }) => [status, String(bytes)])).toEqual([
      [202, body],
      [400, '{'],
    ]);
  });

  it('[F2] with one byte changed, other white space or another order of keys is refused', async () => {
    const world = worldOf(source);
    const reversed = Object.fromEntries(Object.entries(JSON.parse(body)).reverse());
    for (const other of [
      body.replace('a', 'b'),
      JSON.stringify(JSON.parse(body)),
      JSON.stringify(reversed),
    ]) {
      const { reply } = await world.post(source, other, { headers: signed(source, hex(body)) });
      expect(other).not.toBe(body);
      expect(reply.status).toBe(403);
    }
    expect(stored(world)).toBe(0);
  });

  it('[F3] is taken by the old and by the new secret during a rotation, and by no third one', async () => {
    for (const [key, status] of [
      ['old', 202],
      ['new', 202],
      ['third', 403],
    ] as const) {
      const world = worldOf(source, 'new', 'old');
      const { reply } = await world.post(source, body, { headers: signed(source, hex(body, key)) });
      expect(reply.status).toBe(status);
    }
  });

  it('[F4] with a signature of another length, no hex, empty, a megabyte long or twice is refused without a fault', async () => {
    const world = worldOf(source);
    const right = hex(body);
    const { header } = schemeOf(source);
    const odd = ['', 'x', right.slice(1), `${right}0`, 'z'.repeat(64), 'a'.repeat(1e6), `${right}\0`, '💥'];
    for (const headers of [
      ...odd.map((one) => signed(source, one)),
      { [header]: right.toUpperCase().slice(2) },
    ]) {
      const { reply } = await world.post(source, body, { headers });
      expect(reply.status).toBeGreaterThanOrEqual(400);
      expect(reply.status).toBeLessThan(500);
    }
    expect([stored(world), world.faults]).toEqual([0, []]);
  });
});

describe('several signatures in one header', () => {
  const body = text.pagerduty;

  it('[F3] are taken of PagerDuty when any of version 1 is right; other versions are not looked at', async () => {
    const send = (value: string) =>
      worldOf('pagerduty').post('pagerduty', body, { headers: { 'X-PagerDuty-Signature': value } });
    const [right, wrong] = [`v1=${hex(body)}`, `v1=${'0'.repeat(64)}`];
    expect((await send(`${wrong},${right},v2=ffff`)).reply.status).toBe(202);
    expect((await send(`${right}, ${wrong}`)).reply.status).toBe(202);
    expect((await send(`v2=${hex(body)},${wrong}`)).reply.status).toBe(403);
    expect((await send(`v0=${hex(body)}`)).reply.status).toBe(403);
  });

  it('are refused of a source that sends one', async () => {
    const { github } = text;
    const headers = signed('github', hex(github), '0'.repeat(64));
    expect((await worldOf('github').post('github', github, { headers })).reply.status).toBe(403);
  });
});

it('GitHub signs as its own documents show it', () => {
  // Source: docs.github.com, Validating webhook deliveries.
  expect(hex('Hello, World!', "It's a Secret to Everybody")).toBe(
    '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
  );
});

it('GitHub may send its JSON in a form, which is signed as it is sent', async () => {
  const form = `payload=${encodeURIComponent(text.github)}`;
  const headers = { ...signed('github', hex(form)), 'content-type': 'application/x-www-form-urlencoded' };
  const world = worldOf('github');
  const { reply } = await world.post('github', form, {
    headers: { ...headers, 'X-GitHub-Event': 'deployment' },
  });
  expect([reply.status, world.asides.length]).toEqual([202, 1]);
});

describe('what is beside alerts', () => {
  it('is told in the answer and sent as one message, of GitHub a change, of PagerDuty a remark', async () => {
    const world = new World();
    const headers = { 'content-type': 'application/json', 'X-GitHub-Event': 'deployment' };
    const github = await world.post('github', text.github, { headers });
    expect(github.reply.body).toEqual({ status: 'accepted', signals: 0, asides: 1, receipt: 'rcp-1' });
    await world.post('pagerduty', fixtureText('pagerduty/annotated'));
    expect(world.sent).toEqual([]);
    expect(world.asides).toMatchObject([
      {
        source: 'github',
        product: 'GitHub',
        receipt: 'rcp-1/aside',
        remarks: [],
        changes: [{ version: '4be1c02' }],
      },
      { source: 'pagerduty', product: 'PagerDuty', changes: [], remarks: [{ by: 'Mira Holt' }] },
    ]);
  });

  it('is nothing of a ping: it is accepted with the reason, and nothing is sent', async () => {
    const world = new World();
    const { reply } = await world.post('pagerduty', fixtureText('pagerduty/ping'));
    expect(reply.body).toMatchObject({ signals: 0, ignored: expect.stringContaining('pagey.ping') });
    expect(stored(world)).toBe(0);
  });
});
