import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../shared/kernel/index.ts';
import { fixture, receivedAt } from '../../support/alert-fixture.ts';
import { type SnsSigner, snsSigner } from '../../support/sns-signer.ts';
import { World } from './world.ts';

const topic = 'arn:aws:sns:eu-central-1:210987654321:alarms';
const other = 'arn:aws:sns:eu-central-1:210987654321:other';
let place = 0;
let certificate = '';
let amazon: SnsSigner;
let stranger: SnsSigner;
let world: World;

beforeAll(async () => {
  [amazon, stranger] = await Promise.all([snsSigner(), snsSigner()]);
});
beforeEach(() => {
  world = new World();
  world.options.cloudwatch = { topics: [topic, other] };
  // Certificates are remembered by their address.
  place += 1;
  certificate = `https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-${place}.pem`;
  world.pages[certificate] = { status: 200, body: amazon.cert };
});

const recorded = (name: string, more: object = {}): Record<string, unknown> => ({
  ...(fixture(`cloudwatch/${name}`) as object),
  Timestamp: new Date(receivedAt).toISOString(),
  ...more,
});
/** Posted as SNS does: JSON in text/plain. */
const post = async (envelope: unknown) => {
  const headers = {
    'content-type': 'text/plain; charset=UTF-8',
    'x-amz-sns-message-type': 'Notification',
    'x-amz-sns-topic-arn': topic,
  };
  const text = typeof envelope === 'string' ? envelope : JSON.stringify(envelope);
  const { reply } = await world.post('cloudwatch', text, { headers });
  return { status: reply.status, said: JSON.stringify(reply.body ?? '') };
};
const signed = (name: string, more: object = {}) => amazon.signed(recorded(name, more), certificate);

describe('[F5] a message of Amazon SNS', () => {
  it.each(['1', '2'] as const)('with a right signature of version %s is taken', async (version) => {
    expect(await post(amazon.signed(recorded('alarm'), certificate, version))).toMatchObject({ status: 202 });
    expect(world.sent[0]?.signals).toMatchObject([{ title: 'ledger-db-cpu', state: 'firing' }]);
  });

  it('without a subject, or with none, is signed without it', async () => {
    const { Subject: _, ...bare } = recorded('alarm');
    expect((await post(amazon.signed(bare, certificate))).status).toBe(202);
    expect((await post({ ...amazon.signed(bare, certificate), Subject: null })).status).toBe(202);
  });

  it('is proved by a certificate that is fetched once', async () => {
    for (const name of ['alarm', 'ok', 'plain-text']) expect((await post(signed(name))).status).toBe(202);
    expect(world.visited).toEqual([certificate]);
  });

  it.each([
    ['Message', '{"AlarmName":"forged","NewStateValue":"ALARM"}'],
    ['MessageId', 'another'],
    ['Subject', 'Another'],
    ['TopicArn', other],
    ['Timestamp', '2026-11-20T08:59:59.000Z'],
    ['Signature', 'AAAA'],
    ['Signature', ''],
    ['SignatureVersion', '2'],
  ])(
    'whose %s was changed to %s is refused in the same words, and nothing of it is kept',
    async (field, value) => {
      const { status, said } = await post({ ...signed('alarm'), [field]: value });
      expect(status).toBe(403);
      expect(said).toContain('The signature does not fit the message');
      expect(said).not.toContain(value || 'nothing');
      expect(world.accepted).toEqual([]);
    },
  );

  it('by somebody else, whose certificate lies elsewhere, is refused, and nobody goes there', async () => {
    for (const address of [
      'https://sns.eu-central-1.amazonaws.com.evil.example/a.pem',
      'https://evil.example/sns.eu-central-1.amazonaws.com/a.pem',
      'http://sns.eu-central-1.amazonaws.com/a.pem',
      'https://sns.eu-central-1.amazonaws.com:8443/a.pem',
      'https://me@sns.eu-central-1.amazonaws.com/a.pem',
      'https://sns.eu-central-1.amazonaws.com/a.txt',
      'https://sns.eu-central-1.amazonaws.com/?x=a.pem',
      'https://sqs.eu-central-1.amazonaws.com/a.pem',
      'https://sns..amazonaws.com/a.pem',
      'https://sns.s3-us-west-2.amazonaws.com/a.pem',
      'https://sns.s3.amazonaws.com/a.pem',
      'https://127.0.0.1/a.pem',
      'file:///etc/a.pem',
      '',
      7,
    ]) {
      const forged = { ...stranger.signed(recorded('alarm'), 'x'), SigningCertURL: address };
      const { status, said } = await post(forged);
      expect([status, said.includes('is none of Amazon SNS')], String(address)).toEqual([403, true]);
    }
    expect([world.visited, world.accepted]).toEqual([[], []]);
  });

  it('of China is taken by the certificate of its host', async () => {
    const china = `https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-${place}.pem`;
    world.pages[china] = { status: 200, body: amazon.cert };
    expect((await post(amazon.signed(recorded('alarm'), china))).status).toBe(202);
  });

  it('is refused where what lies there is no certificate of its kind', async () => {
    const { cert } = await snsSigner('EC');
    for (const [name, body] of Object.entries({ a: 'nothing', b: cert, c: '' })) {
      const address = `https://sns.eu-central-1.amazonaws.com/${name}-${place}.pem`;
      world.pages[address] = { status: 200, body };
      const { status, said } = await post(amazon.signed(recorded('alarm'), address));
      expect([status, said.includes('is none of Amazon SNS')], name).toEqual([403, true]);
    }
  });

  it('is to come again where the certificate cannot be read, and is taken then', async () => {
    world.pages[certificate] = { status: 503, body: '' };
    expect((await post(signed('alarm'))).status).toBe(503);
    world.ports.visit = () => Promise.reject(new Error('no answer from canary-host'));
    expect((await post(signed('alarm'))).said).not.toContain('canary-host');
    expect(world.faults).toEqual(['receive: Error: no answer from canary-host']);
    world.ports.visit = async () => ({ status: 200, body: amazon.cert });
    expect((await post(signed('alarm'))).status).toBe(202);
  });

  it('that is none is refused with what to do', async () => {
    for (const body of [{}, [], 'text', { Type: 'Notification' }, { ...signed('alarm'), Message: 7 }]) {
      const { status, said } = await post(JSON.stringify(body));
      expect([status, said.includes('raw message delivery off')]).toEqual([403, true]);
    }
    expect((await post('{')).status).toBe(400);
  });
});

describe('[F6] a recorded message of Amazon SNS that is sent again', () => {
  it.each([
    ['an hour and a minute', HOUR + MINUTE],
    ['a day', DAY],
    ['minus two hours', -2 * HOUR],
  ])('after %s is answered with a conflict, and nothing of it is kept', async (_, age) => {
    const { status, said } = await post(
      signed('alarm', { Timestamp: new Date(receivedAt - age).toISOString() }),
    );
    expect([status, said.includes('more than an hour ago')]).toEqual([409, true]);
    expect(world.accepted).toEqual([]);
  });

  it('by SNS itself within the hour that it tries is taken', async () => {
    const Timestamp = new Date(receivedAt - HOUR + MINUTE).toISOString();
    expect((await post(signed('alarm', { Timestamp }))).status).toBe(202);
  });
});

describe('a topic that wants to send', () => {
  const asking = () => signed('subscription-confirmation');
  const address = String(
    (fixture('cloudwatch/subscription-confirmation') as Record<string, unknown>).SubscribeURL,
  );

  it('is confirmed where the integration names it, and becomes no alert', async () => {
    world.pages[address] = { status: 200, body: '<ConfirmSubscriptionResponse/>' };
    const { status, said } = await post(asking());
    expect([status, said]).toEqual([202, expect.stringContaining('asked whether its messages are wanted')]);
    expect(world.visited).toEqual([certificate, address]);
    expect(world.accepted).toEqual([]);
  });

  it.each([
    ['by the beginning of its name', ['arn:aws:sns:eu-central-1:210987654321:*'], 202],
    ['where another is named', ['arn:aws:sns:eu-central-1:210987654321:alarm'], 403],
    ['where the one of another account is', ['arn:aws:sns:eu-central-1:666666666666:*'], 403],
    ['where none is', undefined, 403],
  ])('%s gets %j → %i', async (_, topics, expected) => {
    world.pages[address] = { status: 200, body: '' };
    if (topics === undefined) delete world.options.cloudwatch;
    else world.options.cloudwatch = { topics };
    const { status, said } = await post(asking());
    expect(status).toBe(expected);
    if (expected === 403) expect(said).toContain('in the option topics of this integration');
    expect(world.visited.includes(address)).toBe(expected === 202);
  });

  it('is to ask again where SNS does not take the confirmation', async () => {
    world.pages[address] = { status: 500, body: '' };
    expect((await post(asking())).status).toBe(503);
  });

  it('is never confirmed at an address that is none of SNS, even when it is signed', async () => {
    const SubscribeURL = 'https://sns.evil.example/?Action=ConfirmSubscription';
    expect((await post(signed('subscription-confirmation', { SubscribeURL }))).status).toBe(403);
    expect(world.visited).toEqual([certificate]);
  });

  it('sends nothing where the integration names others; where it names none, whoever confirmed it by hand meant it', async () => {
    world.options.cloudwatch = { topics: [other] };
    expect((await post(signed('alarm'))).status).toBe(403);
    // Its certificate would prove nothing that counts.
    expect(world.visited).toEqual([]);
    delete world.options.cloudwatch;
    expect((await post(signed('alarm'))).status).toBe(202);
  });

  it('that no longer wants to is answered and changes nothing', async () => {
    expect(await post(signed('unsubscribe-confirmation'))).toMatchObject({ status: 202 });
    expect([world.accepted, world.visited]).toEqual([[], [certificate]]);
  });
});
