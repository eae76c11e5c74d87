import { createTransport, type Transporter } from 'nodemailer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Core } from '../../../infra/local/core.ts';
import { planPorts } from '../../../infra/local/port-plan.ts';
import { freePort } from '../../../infra/local/ports.ts';
import type { Running } from '../../../infra/local/resource.ts';
import { receiptRules } from '../../../infra/local/resources/receipt-rules.ts';
import { type FakeFunction, fakeArn, fakeWorld, made } from '../../support/fake-world.ts';
import { bucketEngine, type TestEngine } from '../../support/test-engines.ts';

const [setKind, ruleKind] = receiptRules;
const set = made('Set', 'AWS::SES::ReceiptRuleSet', {}, { ref: 'Set' });
const actions = [
  { S3Action: { BucketName: 'mails', ObjectKeyPrefix: 'mail/' } },
  { LambdaAction: { FunctionArn: fakeArn('Taker'), InvocationType: 'Event' } },
];
const usual = {
  Name: 'alerts',
  Enabled: true,
  Recipients: ['in.example.com'],
  ScanEnabled: true,
  Actions: actions,
};
const rule = (more: object = {}, properties: object = {}, id = 'Rule') =>
  made(id, 'AWS::SES::ReceiptRule', { RuleSetName: 'Set', Rule: { ...usual, ...more }, ...properties });

interface Told {
  readonly Records: readonly [
    {
      readonly ses: {
        readonly mail: Readonly<Record<string, unknown>>;
        readonly receipt: Readonly<Record<string, unknown>>;
      };
    },
  ];
}

let s3: TestEngine;
let running: Running | undefined;
let mailer: Transporter | undefined;
let heard: Told[] = [];
let under: Promise<unknown>[] = [];
const taker: FakeFunction = (event) => void heard.push(event as unknown as Told);

beforeAll(async () => {
  s3 = await bucketEngine('mails');
});
afterAll(() => s3.stop());
beforeEach(() => {
  heard = [];
  under = [];
});
afterEach(async () => {
  mailer?.close();
  await running?.stop();
  [mailer, running] = [undefined, undefined];
});

function worldOf(rules: readonly ReturnType<typeof rule>[], more: Partial<Core> = {}, port = 0) {
  const fake = fakeWorld({
    ...{
      resources: [set, ...rules],
      functions: { Taker: taker },
      engines: { s3: s3.url },
      ports: { Set: port },
    },
  });
  const busy = <T>(work: () => Promise<T>): Promise<T> => {
    const done = work();
    under.push(done.catch(() => undefined));
    return done;
  };
  return { ...fake, busy, ...more } as unknown as Core;
}

/** A running mail server of these rules, and what sends to it. */
async function start(...rules: ReturnType<typeof rule>[]) {
  const port = await freePort();
  running = await setKind?.start?.(set, worldOf(rules, {}, port));
  mailer = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
  const own = mailer;
  return async (to: readonly string[], text = 'Disk full') => {
    const sent = await own.sendMail({ from: 'nas@example.org', to: [...to], subject: 'Warning', text });
    for (let seen = 0; seen < under.length; seen = under.length) await Promise.all(under);
    return sent;
  };
}
const read = async (key: string) => (await fetch(`${s3.url}/mails/mail/${key}`)).text();

describe('the local mail server', () => {
  test('puts a mail into the bucket as it came, then tells the function as SES does', async () => {
    const send = await start(rule());
    await send(['a+B@in.example.com', 'c@in.example.com']);
    const [{ Records: [record] = [] } = {}] = heard as { Records: Told['Records'] }[];
    const id = String(record?.ses.mail.messageId);
    expect(record).toMatchObject({
      ...{ eventSource: 'aws:ses', eventVersion: '1.0' },
      ses: {
        mail: { messageId: expect.stringMatching(/^[0-9a-f]{40}$/), source: 'nas@example.org' },
        receipt: {
          recipients: ['a+B@in.example.com', 'c@in.example.com'],
          ...{ spamVerdict: { status: 'PASS' }, virusVerdict: { status: 'PASS' } },
          action: { type: 'Lambda', functionArn: fakeArn('Taker'), invocationType: 'Event' },
        },
      },
    });
    expect(await read(id)).toMatch(/^From: nas@example\.org\r\n.*Subject: Warning\r\n.*Disk full/s);
  });

  test('refuses whom no rule is for, also of a mail that others get', async () => {
    const send = await start(rule());
    const { rejected, accepted } = await send(['a@in.example.com', 'a@other.example.com']);
    expect([accepted, rejected]).toEqual([['a@in.example.com'], ['a@other.example.com']]);
    expect(heard[0]?.Records[0].ses.receipt.recipients).toEqual(['a@in.example.com']);
    await expect(send(['a@sub.in.example.com'])).rejects.toMatchObject({
      ...{ responseCode: 550, response: expect.stringContaining('only for in.example.com') },
    });
  });

  test('refuses more than ten megabytes, and keeps nothing of it', async () => {
    const send = await start(rule());
    await expect(send(['a@in.example.com'], 'x\n'.repeat(6_000_000))).rejects.toMatchObject({
      responseCode: 552,
    });
    expect(heard).toEqual([]);
  });

  test('tells a sender that a mail could not be kept, so that it tries again', async () => {
    const send = await start(rule({ Actions: [{ S3Action: { BucketName: 'gone' } }, ...actions.slice(1)] }));
    await expect(send(['a@in.example.com'])).rejects.toMatchObject({ responseCode: 450 });
    expect(heard).toEqual([]);
  });

  test('follows every rule for its own domains, but none that is switched off', async () => {
    const off = rule({ Enabled: false, Name: 'off', Recipients: ['off.example.com'] }, {}, 'Off');
    const second = rule(
      { Name: 'second', Recipients: ['two.example.com'], ScanEnabled: false },
      {},
      'Second',
    );
    const send = await start(rule(), second, off);
    await send(['a@in.example.com', 'a@two.example.com']);
    const receipts = heard.map(({ Records: [{ ses }] }) => [
      ses.receipt.recipients,
      ses.receipt.virusVerdict,
    ]);
    expect(receipts).toEqual(
      expect.arrayContaining([
        [['a@in.example.com'], { status: 'PASS' }],
        [['a@two.example.com'], { status: 'DISABLED' }],
      ]),
    );
    await expect(send(['a@off.example.com'])).rejects.toMatchObject({ responseCode: 550 });
  });

  test('has the same port at each start, since tools are set up with it', async () => {
    const declared = { id: 'Set', type: set.type, properties: {} };
    const known = setKind && [{ kind: setKind, declared, identity: set.identity }];
    const kept = await freePort();
    expect((await planPorts(known ?? [], 0, new Map([['Set', kept]]))).get('Set')).toBe(kept);
  });
});

describe('a rule', () => {
  const starting = (one: ReturnType<typeof rule>, more: Partial<Core> = {}) =>
    ruleKind?.start?.(one, worldOf([one], more));

  test.each([
    ['an action that nobody knows', rule({ Actions: [{ BounceAction: {} }] })],
    [
      'a function that is waited for',
      rule({ Actions: [{ LambdaAction: { FunctionArn: 'a', InvocationType: 'RequestResponse' } }] }),
    ],
    [
      'a topic that hears of mails',
      rule({ Actions: [{ S3Action: { BucketName: 'mails', TopicArn: 't' } }] }),
    ],
    ['TLS that must be spoken', rule({ TlsPolicy: 'Require' })],
    ['single addresses', rule({ Recipients: ['a@in.example.com'] })],
    ['no recipients, which are all', rule({ Recipients: [] })],
    ['another rule before it', rule({}, { After: 'other' })],
  ])('with %s does not start', async (_, one) => {
    await expect(starting(one)).rejects.toThrow('the local runner does not know this rule');
    await expect(start(one)).rejects.toThrow('the local runner does not know this rule');
  });

  test('of a set that is not there, or whose function SES may not invoke, does not start', async () => {
    await expect(starting(rule({}, { RuleSetName: 'Other' }))).rejects.toThrow('its rule set Other is not');
    await expect(starting(rule(), { mayInvoke: () => false })).rejects.toThrow('lets SES invoke');
  });

  test('that is well starts', async () => {
    expect(await starting(rule())).toBeUndefined();
  });
});
