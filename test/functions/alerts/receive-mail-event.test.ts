import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { handler as Handler } from '../../../functions/alerts/receive-mail.event.ts';
import { table } from '../../../functions/aws/table.ts';
import { log } from '../../../functions/edge/log.ts';
import { idOf, MINUTE } from '../../../shared/kernel/index.ts';
import { schema } from '../../../shared/table/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { receivedAt } from '../../support/alert-fixture.ts';
import { type FunctionWorld, startWorld } from '../../support/function-world.ts';

const org = idOf('organisation', receivedAt, 'mail');
const integration = idOf('integration', receivedAt, 'mail');
const key = '0123456789abcdef0123456789abcdef';
const raw = ['From: nas@example.org', 'Subject: [warning] Disk full', '', 'Volume: /srv'].join('\r\n');
const lines = ['info', 'warn', 'error'] as const;
const [info, warn, error] = lines.map((level) => vi.spyOn(log, level).mockReturnValue(undefined));
const s3 = mockClient(S3Client);
let world: FunctionWorld;
let handler: typeof Handler;
let now = receivedAt;

beforeAll(async () => {
  process.env[env.deliveryBucket] = 'deliveries';
  world = await startWorld();
  ({ handler } = await import('../../../functions/alerts/receive-mail.event.ts'));
  const { sha256 } = await import('../../../functions/aws/random.ts');
  const door = { kind: 'integration', org, id: integration, name: 'NAS', source: 'email' };
  await table.put({ ...schema.keyDoor.key({ hash: sha256(key) }), ...door });
});
afterAll(async () => {
  s3.restore();
  await world.stop();
});
beforeEach(() => {
  now += MINUTE;
  world.setClock(now);
  world.forget();
  for (const spy of [info, warn, error]) spy?.mockClear();
  s3.reset();
  s3.on(PutObjectCommand).resolves({});
  const Body = { transformToByteArray: async () => Buffer.from(raw) };
  s3.on(GetObjectCommand).resolves({ Body } as never);
});

const told = (messageId: string, receipt: object = {}) => ({
  eventSource: 'aws:ses',
  ses: {
    mail: { messageId, source: 'nas@example.org' },
    receipt: {
      recipients: [`${key}+storage@alerts.example.com`],
      virusVerdict: { status: 'PASS' },
      ...receipt,
    },
  },
});
const take = (...Records: object[]) => world.as('ReceiveMail', handler)({ Records });

describe('a mail that SES tells of', () => {
  it('is read from the bucket, its first megabyte, and is an alert under a name that stays', async () => {
    await take(told('m-1'));
    await take(told('m-1'));
    expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({
      ...{ Bucket: 'deliveries', Key: 'mail/m-1', Range: 'bytes=0-999999' },
    });
    expect(world.sent).toHaveLength(2);
    for (const { body } of world.sent)
      expect(body).toMatchObject({
        ...{ org, integration, source: 'email', receipt: `m-1/${integration}` },
        signals: [{ title: '[warning] Disk full', service: 'storage' }],
      });
  });

  it('is kept for whoever looks at it, without the key of its address, and told of in the log without either', async () => {
    await take(told('m-2'));
    const [kept] = s3.commandCalls(PutObjectCommand);
    expect(kept?.args[0].input.Key).toMatch(new RegExp(`^${org}/${integration}/taken/`));
    expect(info?.mock.calls).toEqual([
      ['mail taken', { mail: 'm-2', org, integration, signals: 1, ignored: undefined }],
    ]);
    expect(JSON.stringify(info?.mock.calls)).not.toContain(key);
  });

  it('is left out with a line when it carries a virus, and is not even read', async () => {
    await take(told('m-3', { virusVerdict: { status: 'FAIL' } }));
    expect(warn?.mock.calls).toEqual([['mail left out: it carries a virus', { mail: 'm-3' }]]);
    expect([world.sent, s3.commandCalls(GetObjectCommand)]).toEqual([[], []]);
  });

  it.each(['GRAY', 'PROCESSING_FAILED', 'DISABLED'])('is taken when nobody knows: %s', async (status) => {
    await take(told(`m-${status}`, { virusVerdict: { status }, spamVerdict: { status: 'FAIL' } }));
    expect(world.sent).toHaveLength(1);
  });

  it('to nobody is told of in the log', async () => {
    await take(told('m-4', { recipients: ['postmaster@alerts.example.com'] }));
    expect(info?.mock.calls[0]?.[1]).toMatchObject({ ignored: expect.stringContaining('no integration') });
    expect(world.sent).toEqual([]);
  });

  it('that cannot be read or stored fails, so that Lambda brings it again', async () => {
    s3.on(GetObjectCommand).rejects(new Error('no bucket'));
    await expect(take(told('m-5'))).rejects.toThrow('no bucket');
    s3.on(GetObjectCommand).resolves({});
    await expect(take(told('m-5'))).rejects.toThrow('S3 gave no content for the mail m-5');
  });

  it('while neither queue nor table takes anything fails', async () => {
    const queue = vi.spyOn(world.sent, 'push').mockImplementation(() => {
      throw new Error('no queue');
    });
    const put = vi.spyOn(table, 'put').mockRejectedValue(new Error('no table'));
    await expect(take(told('m-6'))).rejects.toThrow('The alert could not be stored');
    put.mockRestore();
    queue.mockRestore();
  });

  it('in a form that is none fails, and nothing of it stands in the log', async () => {
    await expect(take({ ses: { mail: { messageId: 7, source: 'secret-sender' } } })).rejects.toThrow();
    expect(JSON.stringify(error?.mock.calls)).not.toContain('secret-sender');
  });
});
