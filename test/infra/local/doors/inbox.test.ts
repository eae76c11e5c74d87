import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Listening } from '../../../../infra/local/gateway/listen.ts';
import { startInbox } from '../../../../infra/local/inbox/server.ts';
import { fakeWorld, made } from '../../../support/fake-world.ts';
import { mailEngine, type TestEngine } from '../../../support/test-engines.ts';

let ses: TestEngine;
let inbox: Listening;
let url = '';
beforeAll(async () => {
  ses = await mailEngine();
  inbox = await startInbox(
    made('Mail', 'AWS::SES::EmailIdentity', {}),
    fakeWorld({ engines: { ses: ses.url } }),
  );
  url = `http://127.0.0.1:${inbox.port}`;
  const client = new SESClient({
    endpoint: ses.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
  const send = (subject: string, body: { Html?: { Data: string }; Text: { Data: string } }) =>
    client.send(
      new SendEmailCommand({
        Source: 'pager@example.com',
        Destination: { ToAddresses: ['sam@example.com'] },
        Message: { Subject: { Data: subject }, Body: body },
      }),
    );
  await send('first', { Text: { Data: 'plain' } });
  await send('second', {
    Text: { Data: 'plain' },
    Html: { Data: '<script>alert(1)</script><a href="https://x.example">go</a>' },
  });
});
afterAll(async () => {
  await inbox.stop();
  await ses.stop();
});

const store = async () =>
  (
    (await (await fetch(`${url}/store`)).json()) as {
      emails: { messageId: string; subject: string; body: { text?: string } }[];
    }
  ).emails;

describe('the inbox', () => {
  test('lists what SES sent, newest first', async () => {
    expect((await store()).map(({ subject, body }) => [subject, body.text])).toEqual([
      ['second', 'plain'],
      ['first', 'plain'],
    ]);
  });

  test('has a page that runs its own script only', async () => {
    const response = await fetch(url);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-.+'; script-src 'sha256-/);
    expect(await response.text()).not.toContain('<!-- ');
  });

  test('shows the HTML of a mail where nothing in it can run', async () => {
    const [mail] = await store();
    const response = await fetch(`${url}/mail/${mail?.messageId}`);
    expect(await response.text()).toContain('<script>');
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; .*sandbox allow-popups/,
    );
    expect(response.headers.get('content-security-policy')).not.toMatch(/script-src|allow-scripts/);
  });

  test('has no HTML for a mail without, and nothing elsewhere', async () => {
    const [, plain] = await store();
    expect((await fetch(`${url}/mail/${plain?.messageId}`)).status).toBe(404);
    expect((await fetch(`${url}/mail/%E0%A4%A`)).status).toBe(404);
    expect((await fetch(`${url}/other`)).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });
});
