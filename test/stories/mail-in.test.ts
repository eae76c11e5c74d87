import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport, type Transporter } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { synthesizeWith } from '../support/synthesize-with.ts';

/** A notification as Nagios mails it by its usual command. */
const nagios = (kind: string, state: string) => ({
  from: 'nagios@monitor.example.org',
  subject: `** ${kind} Service Alert: web1/HTTP is ${state} **`,
  text: [
    '***** Nagios *****',
    '',
    `Notification Type: ${kind}`,
    '',
    'Service: HTTP',
    'Host: web1',
    'Address: 10.0.0.7',
    `State: ${state}`,
    '',
    'Additional Info:',
    '',
    'connect to address 10.0.0.7 and port 80: Connection refused',
  ].join('\n'),
});

/** For mail, and for what is posted: one domain can be both. */
const domain = 'alerts.example.com';

describe('a tool that can only mail', { timeout: 90_000 }, () => {
  let assembly: string;
  let app: App;
  let mailer: Transporter;
  let to = '';
  beforeAll(async () => {
    assembly = await mkdtemp(join(tmpdir(), 'mail-in-'));
    const alertsCertificate = `arn:aws:acm:us-east-1:123456789012:certificate/${'1a2b3c4d'.repeat(4)}`;
    const host = { alertsDomain: domain, alertsCertificate, alertsHostedZone: 'Z0123456789ABCDEFGHIJ' };
    await synthesizeWith({ inboundDomain: domain, ...host }, assembly);
    app = await startApp({ assembly });
    mailer = createTransport({ url: app.addresses.mailIn?.url, ignoreTLS: true });
  }, 90_000);
  afterAll(async () => {
    mailer.close();
    await app.stop();
    await rm(assembly, { recursive: true });
  });
  const mail = async (message: object, address = to) => {
    await mailer.sendMail({ to: address, ...message });
    await app.system.idle();
  };

  it('is given an address of its own', async () => {
    const { body } = await app.call('POST', '/api/integrations', { name: 'Nagios', source: 'email' });
    expect(body.url).toMatch(/^mailto:[0-9a-f]{32}@alerts\.example\.com$/);
    to = String(body.url).replace('mailto:', '');
  });

  it('is told where to mail by the addresses of the system, as is what posts', () => {
    const mailIn = { url: expect.stringMatching(/^smtp:\/\/127\.0\.0\.1:\d+$/), domains: [domain] };
    expect(app.addresses).toMatchObject({ mailIn, alerts: app.system.outputs.AlertsOutput });
  });

  it('has beside it tools that post, which are set up with an address of this machine here, also under a domain of its own', async () => {
    const { body } = await app.call('POST', '/api/integrations', { name: 'Script', source: 'generic' });
    expect(body.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/webhooks\/generic\//);
    expect(app.system.outputs.AlertsOutput).toBe(new URL(String(body.url)).origin);
  });

  it('mails a problem, which is an incident, and its recovery, which resolves it', async () => {
    await mail(nagios('PROBLEM', 'CRITICAL'));
    expect(await app.incidents()).toMatchObject([{ service: 'http', state: 'triggered' }]);
    await mail(nagios('PROBLEM', 'CRITICAL'));
    await app.system.clock.fastForward(60_000);
    expect(await app.incidents('?state=open')).toHaveLength(1);
    await mail(nagios('RECOVERY', 'OK'));
    await app.system.clock.fastForward(60_000);
    expect(await app.incidents()).toMatchObject([{ state: 'resolved' }]);
  });

  it('reaches a service by what stands behind a plus', async () => {
    await mail({ from: 'a@example.org', subject: 'Disk full', text: '/var' }, to.replace('@', '+storage@'));
    expect(await app.incidents('?state=open')).toMatchObject([{ title: 'Disk full', service: 'storage' }]);
  });

  it('is told when it mails elsewhere, and at an address of nobody nothing happens', async () => {
    const before = (await app.incidents()).length;
    await expect(mail(nagios('PROBLEM', 'DOWN'), 'a@shop.example.com')).rejects.toMatchObject({
      responseCode: 550,
    });
    await mail(nagios('PROBLEM', 'DOWN'), `${'0'.repeat(32)}@alerts.example.com`);
    expect(await app.incidents()).toHaveLength(before);
  });
});
