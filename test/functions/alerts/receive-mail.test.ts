import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mailboxOf, readMail } from '../../../functions/alerts/read-mail.ts';
import { receiveMail } from '../../../functions/alerts/receive-mail.ts';
import { doorOf, secrets, World } from './world.ts';

const crlf = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));
const mail = crlf(
  'From: =?utf-8?q?W=C3=A4chter?= <watch@nas.example.org>',
  'To: x@alerts.example.com',
  'Subject: =?utf-8?q?=5Bwarning=5D_Platte_f=C3=BCllt_sich?=',
  'Date: Fri, 20 Nov 2026 09:40:00 +0100',
  'X-Alert-Key: disk-1',
  'Received: from secret-relay',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Sie f=FCllt sich.',
  '--b',
  'Content-Type: text/html',
  '',
  '<p>Sie f&uuml;llt sich.</p>',
  '--b--',
  '',
);

const address = (more = '') => `${secrets.email}${more}@alerts.example.com`;
const receive = (world: World, recipients: readonly string[], raw: Uint8Array = mail) =>
  receiveMail({ id: 'ses-1', raw, recipients }, world.ports);

describe('a mail', () => {
  it('is an alert of the integration that its address names', async () => {
    const world = new World();
    const { id, org } = doorOf('email');
    expect(await receive(world, [address()])).toEqual([
      { integration: id, org, signals: 1, ignored: undefined },
    ]);
    expect(world.sent).toMatchObject([
      {
        ...{ integration: id, source: 'email', receipt: `ses-1/${id}` },
        signals: [
          {
            ...{ state: 'firing', title: '[warning] Platte füllt sich', severity: 'P3_MEDIUM' },
            ...{ description: 'Sie füllt sich.', at: Date.UTC(2026, 10, 20, 8, 40) },
          },
        ],
      },
    ]);
    expect(JSON.stringify(world.sent)).not.toMatch(/secret-relay|canary/);
  });

  it('names its service by what stands behind a plus, and its key in any case of letters', async () => {
    const world = new World();
    await receive(world, [address('+Storage').toUpperCase()]);
    expect(world.sent[0]?.signals[0]?.service).toBe('storage');
  });

  it('to several addresses is taken for each that is known, once', async () => {
    const world = new World();
    const taken = await receive(world, [address(), address('+a'), 'nobody@alerts.example.com', 'no address']);
    expect(taken.map(({ signals }) => signals)).toEqual([1, 0, 0]);
    expect(world.sent).toHaveLength(1);
  });

  it('is brought again while neither the queue nor the table takes it', async () => {
    const world = new World();
    world.queueFails = world.parkFails = true;
    await expect(receive(world, [address()])).rejects.toMatchObject({ code: 'unavailable' });
    world.tableFails = true;
    await expect(receive(world, [address()])).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('of somebody who is away is ignored', async () => {
    const world = new World();
    const raw = crlf('From: a@example.com', 'Subject: Away', 'Auto-Submitted: auto-replied', '', 'Away.');
    expect((await receive(world, [address()], raw))[0]?.ignored).toMatch(/absent/);
    expect(world.accepted).toEqual([]);
  });

  it('[F12] of any bytes is read, and a translated one is an alert', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2_000 }), async (bytes) => {
        const body = await readMail(bytes);
        expect([typeof body.from, typeof body.subject]).toEqual(['string', 'string']);
        const world = new World();
        expect((await receive(world, [address()], bytes))[0]?.signals).toBeTypeOf('number');
      }),
      { numRuns: 50 },
    );
  });

  it('[F11] that is nested without end is told of as it came', async () => {
    const parts = Array.from({ length: 400 }, (_, n) => [
      `Content-Type: multipart/mixed; boundary=b${n}`,
      '',
      `--b${n}`,
    ]);
    const body = await readMail(crlf('Subject: deep', ...parts.flat(), 'x'));
    expect(body).toMatchObject({
      subject: 'A mail that could not be read',
      text: expect.stringContaining('deep'),
    });
  });
});

describe('an address', () => {
  it.each([
    ['Abc@x.example', 'abc', undefined],
    ['abc+a+b@x.example', 'abc', 'a+b'],
    ['abc+@x.example', 'abc', undefined],
    ['abc', '', undefined],
    ['', '', undefined],
  ])('%j names the key %j and the tag %j', (text, key, tag) => {
    expect(mailboxOf(text)).toEqual({ key, tag });
  });
});
