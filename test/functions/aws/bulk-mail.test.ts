import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import {
  BadRequestException,
  MessageRejected,
  NotFoundException,
  SESv2Client,
  SendEmailCommand,
  SendingPausedException,
  TooManyRequestsException,
} from '@aws-sdk/client-sesv2';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountQuota, bulkOutcome, sendBulkMail } from '../../../functions/aws/bulk-mail.ts';
import { clock } from '../../../functions/aws/clock.ts';
import { MINUTE } from '../../../shared/kernel/index.ts';
import { endHeaders, updateMail } from '../../../shared/status/index.ts';
import { NOON } from '../../support/status-page.ts';
import { mailEngine, type TestEngine } from '../../support/test-engines.ts';

const mail = {
  to: 'ann@example.com',
  subject: '[Acme] Investigating: Slow – 😀',
  text: 'Slow\n\n--\nUnsubscribe: https://api.example.com/end\n',
  html: '<p>Slow – ünïcode</p>',
  headers: endHeaders('https://api.example.com/end'),
};
const environment = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  MAIL_FROM: 'Acme <pages@example.com>',
};
beforeAll(() => {
  Object.assign(process.env, environment);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const mocked = () => mockClient(SESv2Client);

describe('a bulk mail', () => {
  let ses: ReturnType<typeof mocked>;
  beforeEach(() => {
    ses = mocked();
    ses.on(SendEmailCommand).resolves({ MessageId: 'm' });
  });
  afterEach(() => ses.restore());
  const sent = () => ses.commandCalls(SendEmailCommand).map(({ args: [{ input }] }) => input);

  it('is one command for one address, with its headers', async () => {
    await sendBulkMail(mail);
    const part = (Data: string) => ({ Data, Charset: 'UTF-8' });
    expect(sent()).toEqual([
      {
        FromEmailAddress: 'Acme <pages@example.com>',
        Destination: { ToAddresses: ['ann@example.com'] },
        Content: {
          Simple: {
            Subject: part(mail.subject),
            Body: { Text: part(mail.text), Html: part(mail.html) },
            Headers: [
              { Name: 'List-Unsubscribe', Value: '<https://api.example.com/end>' },
              { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
            ],
          },
        },
      },
    ]);
  });

  it('[F82] begins no further header, whatever stands in it', async () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\u2028', '\u0085', ':', 'Bcc', '😀') });
    await fc.assert(
      fc.asyncProperty(texts, texts, async (subject, value) => {
        ses.resetHistory();
        await sendBulkMail({ ...mail, to: `ann@example.com${value}`, subject, headers: { 'X-Page': value } });
        const [input] = sent();
        const { Subject, Headers } = input?.Content?.Simple ?? {};
        for (const line of [Subject?.Data, Headers?.[0]?.Value, input?.Destination?.ToAddresses?.[0]])
          expect(line).not.toMatch(/[\r\n\u2028\u0085]/);
      }),
    );
  });
});

describe('the quota of the account', () => {
  it('is asked for once in a minute, since SES answers only once a second', async () => {
    const account = mockClient(SESClient);
    const now = vi.spyOn(clock, 'now').mockReturnValue(0);
    account
      .on(GetSendQuotaCommand)
      .resolvesOnce({})
      .resolvesOnce({ MaxSendRate: 14 })
      .resolvesOnce({ MaxSendRate: 50, Max24HourSend: 200, SentLast24Hours: 99 })
      .resolvesOnce({ MaxSendRate: 50, Max24HourSend: 200, SentLast24Hours: 100 })
      .resolves({ MaxSendRate: 50, Max24HourSend: -1, SentLast24Hours: 100_000 });
    await expect(accountQuota()).rejects.toThrow('SES told no send rate');
    const first = { rate: 14, isHalfSpent: false };
    expect([await accountQuota(), await accountQuota()]).toEqual([first, first]);
    for (const [minutes, isHalfSpent] of [
      [1, false],
      [2, true],
      [3, false],
    ] as const) {
      now.mockReturnValue(minutes * MINUTE);
      expect(await accountQuota()).toEqual({ rate: 50, isHalfSpent });
    }
    expect(account.commandCalls(GetSendQuotaCommand)).toHaveLength(5);
    account.restore();
  });
});

describe('a failure of the provider', () => {
  const about = (message: string) => ({ $metadata: {}, message });
  it.each([
    ['refused', new MessageRejected(about('Email address is not verified: ann@example.com'))],
    ['refused', new BadRequestException(about('Illegal address'))],
    ['failed', new MessageRejected(about('The following identities failed the check: PAGES@example.com'))],
    ['failed', new TooManyRequestsException(about('Maximum sending rate exceeded.'))],
    ['failed', new SendingPausedException(about('Sending is paused'))],
    ['failed', new NotFoundException(about('There is no such configuration set'))],
    ['unknown', Object.assign(new Error('internal'), { $fault: 'server' })],
    ['unknown', new Error('socket hang up')],
    ['unknown', 'thrown by whom?'],
  ])('is %s after %s', (outcome, error) => {
    expect(bulkOutcome(error)).toBe(outcome);
  });
});

describe('before the engine of the local system', () => {
  let engine: TestEngine;
  const fresh = async (url: string) => {
    vi.resetModules();
    Object.assign(process.env, { AWS_ENDPOINT_URL_SES: url, AWS_ENDPOINT_URL_SESV2: url });
    return import('../../../functions/aws/bulk-mail.ts');
  };
  beforeAll(async () => {
    engine = await mailEngine();
    return () => engine.stop();
  });

  it('a mail arrives as it was written, with what lets a program unsubscribe', async () => {
    const adapter = await fresh(engine.url);
    expect(await adapter.accountQuota()).toMatchObject({ rate: 14, isHalfSpent: false });
    await adapter.sendBulkMail(mail);
    const { emails } = (await (await fetch(`${engine.url}/store`)).json()) as { emails: object[] };
    expect(emails).toMatchObject([
      {
        subject: mail.subject,
        destination: { to: ['ann@example.com'] },
        body: { text: mail.text, html: mail.html },
        headers: [
          { name: 'List-Unsubscribe', value: '<https://api.example.com/end>' },
          { name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' },
        ],
      },
    ]);
  });

  it('the largest update that can be published is taken', async () => {
    const adapter = await fresh(engine.url);
    const text = '😀'.repeat(2_500);
    const told = {
      incident: { title: 'x'.repeat(200) },
      update: { state: 'investigating', text, at: NOON },
    } as unknown as Parameters<typeof updateMail>[0];
    const page = { name: 'Acme', url: 'https://status.example.com/', endUrl: 'https://api.example.com/end' };
    const written = updateMail(told, page);
    await adapter.sendBulkMail({ ...mail, ...written });
    expect(Buffer.byteLength(written.html + written.text)).toBeLessThan(64_000);
    const { emails } = (await (await fetch(`${engine.url}/store`)).json()) as {
      emails: { body: { text: string } }[];
    };
    expect(emails.at(-1)?.body.text).toContain(text);
  });

  it('[M17] one that gets no answer is tried once, and it is not known whether it was sent', async () => {
    let asked = 0;
    const server = createServer((request) => {
      asked += 1;
      request.socket.destroy();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const adapter = await fresh(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const error = await adapter.sendBulkMail(mail).catch((thrown: unknown) => thrown);
    expect([asked, adapter.bulkOutcome(error)]).toEqual([1, 'unknown']);
    server.close();
  });
});
