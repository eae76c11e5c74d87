import {
  ApiGatewayManagementApiClient,
  GoneException,
  LimitExceededException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESClient, SendEmailCommand } from '@aws-sdk/client-ses';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { ExpiringCache } from '../../../functions/aws/expiring-cache.ts';
import { sendMail } from '../../../functions/aws/mail.ts';
import { newId, newToken, sha256 } from '../../../functions/aws/random.ts';
import { readSettings } from '../../../functions/aws/settings.ts';
import { packed, postTo } from '../../../functions/aws/sockets.ts';
import { isId, timeOfId } from '../../../shared/kernel/index.ts';

const ses = mockClient(SESClient);
const gateway = mockClient(ApiGatewayManagementApiClient);
const secrets = mockClient(SecretsManagerClient);

beforeEach(() => {
  for (const mock of [ses, gateway, secrets]) mock.reset();
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    MAIL_FROM: 'incidents@example.com',
    SOCKET_ENDPOINT: 'https://socket.example/live',
    SECRET_ARN: 'arn:secret',
  });
});

describe('settings', () => {
  it('come back by their names', () => {
    expect(readSettings(['mailFrom', 'secret'])).toEqual({
      mailFrom: 'incidents@example.com',
      secret: 'arn:secret',
    });
  });

  it('that are missing or empty are all named at once', () => {
    process.env.PUBLIC_URL = '';
    process.env.CONSOLE_URL = undefined;
    delete process.env.CONSOLE_URL;
    expect(() => readSettings(['publicUrl', 'mailFrom', 'consoleUrl'])).toThrow(
      'Missing settings: PUBLIC_URL, CONSOLE_URL.',
    );
  });
});

describe('mail', () => {
  const mail = { to: 'ann@example.com', subject: 'P1', text: 'text', html: '<p>html</p>' };

  it('goes to the provider in both forms and returns its id', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'id-1' });
    expect(await sendMail(mail)).toBe('id-1');
    expect(ses.commandCalls(SendEmailCommand)[0]?.args[0].input).toEqual({
      Source: 'incidents@example.com',
      Destination: { ToAddresses: ['ann@example.com'] },
      Message: {
        Subject: { Data: 'P1', Charset: 'UTF-8' },
        Body: { Text: { Data: 'text', Charset: 'UTF-8' }, Html: { Data: '<p>html</p>', Charset: 'UTF-8' } },
      },
    });
  });

  it('[F40] has no line end in its subject and takes no address with one', async () => {
    ses.on(SendEmailCommand).resolves({ MessageId: 'id-1' });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        ses.resetHistory();
        await sendMail({ ...mail, subject: `a\r\nBcc: eve@example.com${text}` });
        const subject = ses.commandCalls(SendEmailCommand)[0]?.args[0].input.Message?.Subject?.Data ?? '\n';
        expect(subject).not.toMatch(/[\r\n\u0085\u2028\u2029]/);
      }),
    );
    await expect(sendMail({ ...mail, to: 'ann@example.com\r\nBcc: eve@example.com' })).rejects.toThrow(
      'control',
    );
  });

  it('that the provider refuses is not taken for sent', async () => {
    ses.on(SendEmailCommand).rejects(new Error('MessageRejected'));
    await expect(sendMail(mail)).rejects.toThrow('MessageRejected');
  });
});

describe('a frame', () => {
  it.each([
    ['sent', undefined],
    ['gone', new GoneException({ message: '', $metadata: {} })],
    ['limited', new LimitExceededException({ message: '', $metadata: {} })],
    ['failed', new Error('network')],
  ])('that is %s is a value', async (outcome, error) => {
    const call = gateway.on(PostToConnectionCommand);
    if (error) call.rejects(error);
    else call.resolves({});
    expect(await postTo('c', packed({ v: 1 }))).toMatchObject({ outcome });
    const input = gateway.commandCalls(PostToConnectionCommand)[0]?.args[0].input;
    expect(input?.ConnectionId).toBe('c');
    expect(Buffer.from(input?.Data as Uint8Array).toString()).toBe('{"v":1}');
  });
});

describe('the system secret', () => {
  it('is read once, again after a failure, and gives another key for each purpose', async () => {
    vi.resetModules();
    const { keyFor } = await import('../../../functions/aws/secret.ts');
    secrets
      .on(GetSecretValueCommand)
      .rejectsOnce(new Error('throttled'))
      .resolves({ SecretString: 's'.repeat(32) });
    await expect(keyFor('a')).rejects.toThrow('throttled');
    const [a, again, b] = [await keyFor('a'), await keyFor('a'), await keyFor('b')];
    expect(a).toHaveLength(32);
    expect(again).toEqual(a);
    expect(b).not.toEqual(a);
    expect(secrets.commandCalls(GetSecretValueCommand)).toHaveLength(2);
  });
});

describe('a cache', () => {
  it('forgets by time, and the oldest when it is full', () => {
    const now = vi.spyOn(clock, 'now').mockReturnValue(0);
    const cache = new ExpiringCache<number>(2);
    cache.set('a', 1, 10);
    cache.set('b', 2, 100);
    expect(cache.get('a')?.value).toBe(1);
    cache.set('a', 3, 10);
    cache.set('c', 4, 100);
    expect([cache.get('a')?.value, cache.get('b'), cache.get('c')?.value]).toEqual([3, undefined, 4]);
    now.mockReturnValue(10);
    expect([cache.get('a'), cache.get('c')?.value]).toEqual([undefined, 4]);
    now.mockRestore();
  });
});

describe('random', () => {
  it('ids carry their time and differ; tokens have 256 bits', () => {
    const [a, b] = [newId('incident'), newId('incident')];
    expect(isId('incident', a)).toBe(true);
    expect(a).not.toBe(b);
    expect(Math.abs(timeOfId(a) - clock.now())).toBeLessThan(5_000);
    expect(newToken()).toMatch(/^[\w-]{43}$/);
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
