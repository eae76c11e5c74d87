import { randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { parkedMessages } from '../../../functions/aws/parked.ts';
import { table } from '../../../functions/aws/table.ts';
import { log } from '../../../functions/edge/log.ts';
import type { SignalsMessage } from '../../../shared/alerts/index.ts';
import { idOf, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import { type Key, shards } from '../../../shared/table/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { queueUrl } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';
import { type WatchedProcess, watchProcess } from '../../support/watched-process.ts';

const secret = '0123456789abcdef0123456789abcdef';
const sqs = mockClient(SQSClient);
const s3 = mockClient(S3Client);
const fault = vi.spyOn(log, 'error').mockReturnValue(undefined);
const { now } = clock;
let engine: Awaited<ReturnType<typeof startDynamoDb>>;
let watched: WatchedProcess;
let at = T0;
let isUp = false;
let poison = '';
/** How long the queue takes for each call. */
let takes = 0;
let queue: SignalsMessage[] = [];

beforeAll(async () => {
  engine = await startDynamoDb();
  process.env[env.alertQueue] = queueUrl('Alerts');
  process.env[env.allowedEndpoints] = 'none';
  process.env[env.escalationQueue] = queueUrl('Escalation');
  process.env[env.runbookQueue] = queueUrl('Runbooks');
  process.env[env.systemName] = 'test';
  process.env[env.integrationParameters] = '/integrations';
  process.env[env.deliveryBucket] = 'deliveries';
  s3.on(PutObjectCommand).resolves({});
  clock.now = () => at;
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  vi.spyOn(log, 'info').mockReturnValue(undefined);
  watched = await watchProcess();
  const { putKeyDoorWrite } = await import('../../../functions/aws/doors.ts');
  const org = idOf('organisation', T0, 'parked');
  const id = idOf('integration', T0, 'parked');
  await table.transact([
    putKeyDoorWrite(secret, { kind: 'integration', org, id, name: 'p', source: 'generic' }),
  ]);
});
afterAll(async () => {
  clock.now = now;
  s3.restore();
  await engine.stop();
  watched.stop();
});
beforeEach(() => {
  at += 60 * MINUTE;
  isUp = false;
  poison = '\0';
  takes = 0;
  queue = [];
  fault.mockClear();
  sqs.reset();
  sqs.on(SendMessageBatchCommand).callsFake(({ Entries }: SendMessageBatchCommand['input']) => {
    at += takes;
    if (!isUp) throw new Error('The queue is down');
    if (JSON.stringify(Entries).includes(poison))
      throw new Error('A message has characters that are not allowed');
    queue.push(...(Entries ?? []).map(({ MessageBody = '' }) => JSON.parse(MessageBody)));
    return { Successful: [] };
  });
});

async function post(body: unknown): Promise<number> {
  const { handler } = await import('../../../functions/alerts/receive.http.ts');
  const event = httpEvent({ method: 'POST', path: `/webhooks/generic/${secret}`, body });
  Object.assign(event.requestContext, { extendedRequestId: randomUUID() });
  return (await watched.as('Receive', handler)(event, lambdaContext)).statusCode;
}

async function sweep(): Promise<void> {
  const { handler } = await import('../../../functions/incidents/sweep.schedule.ts');
  await watched.as('Sweep', handler)();
}

async function parked(): Promise<readonly SignalsMessage[]> {
  const found: SignalsMessage[] = [];
  for (let shard = 0; shard < shards.due; shard++)
    for await (const page of parkedMessages(shard)) found.push(...page.map(({ body }) => JSON.parse(body)));
  return found;
}

const titles = (messages: readonly SignalsMessage[]) =>
  messages.flatMap(({ signals }) => signals.map(({ title }) => title)).sort();

describe('while the queue takes nothing for five minutes', () => {
  it('[F27] [C3] each accepted alert waits in the table, and is in the queue once that works again', async () => {
    const all: string[] = [];
    for (let second = 0; second < 300; second += 10) {
      all.push(`alert ${100 + second}`);
      expect(await post({ title: all.at(-1), key: String(second) })).toBe(202);
      if (second % 60 === 50) await expect(sweep()).rejects.toThrow();
      at += 10 * SECOND;
    }
    expect([titles(queue), titles(await parked())]).toEqual([[], all]);
    isUp = true;
    await sweep();
    expect([titles(queue), await parked()]).toEqual([all, []]);
    await sweep();
    expect(queue).toHaveLength(all.length);
  });

  it('[C3] more wait than are sent at once, and all are sent', async () => {
    const all = Array.from({ length: 130 }, (_, i) => `alert ${1_000 + i}`);
    for (const title of all) await post({ title, key: title });
    isUp = true;
    await sweep();
    expect([titles(queue), await parked()]).toEqual([all, []]);
    expect(new Set(queue.map(({ receipt }) => receipt)).size).toBe(all.length);
  });

  it('[F27] a sweep that dies after it sent sends the same messages again, which therefore count once', async () => {
    await post({ title: 'once', key: 'once' });
    isUp = true;
    const dies = vi.spyOn(table, 'remove').mockRejectedValueOnce(new Error('died'));
    await expect(sweep()).rejects.toThrow('died');
    dies.mockRestore();
    await sweep();
    expect(queue).toHaveLength(2);
    expect(queue[0]).toEqual(queue[1]);
    expect(await parked()).toEqual([]);
  });

  it('[C3] what cannot be sent or read is logged by its key, and all others of its shard are sent', async () => {
    const all = Array.from({ length: 60 }, (_, i) => `alert ${1_000 + i}`);
    for (const title of all) await post({ title, key: title });
    const found: { key: Key }[] = [];
    for (let shard = 0; shard < shards.due; shard++) {
      for await (const [first, second] of parkedMessages(shard)) {
        if (found.length === 0 && first && second) {
          const row = await table.get(first.key);
          await table.put({ ...row, ...first.key, body: '{' });
          poison = (JSON.parse(second.body) as SignalsMessage).receipt;
          found.push(first, second);
        }
      }
    }
    isUp = true;
    fault.mockClear();
    await expect(sweep()).rejects.toThrow();
    expect(queue).toHaveLength(all.length - 2);
    const keys = found.map(({ key: { pk, sk } }) => `${pk} ${sk}`);
    expect(fault).toHaveBeenCalledWith('parked messages were not sent', expect.objectContaining({ keys }));
    for (const { key } of found) await table.remove(key);
  });

  it('[C3] a slow queue is given the time that is left, and no page begins after six seconds', async () => {
    const all = Array.from({ length: 240 }, (_, i) => `alert ${1_000 + i}`);
    await Promise.all(all.map((title) => post({ title, key: title })));
    isUp = true;
    takes = 500;
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    const began = at;
    await sweep();
    const given = timeout.mock.calls.map(([within]) => within);
    timeout.mockRestore();
    expect(Math.max(...given)).toBeLessThanOrEqual(6_000);
    expect(Math.min(...given)).toBeLessThan(6_000);
    expect(at - began).toBeLessThan(20_000);
    const sent = queue.length;
    expect(sent).toBeLessThan(all.length);
    takes = 0;
    await sweep();
    expect([titles(queue), await parked()]).toEqual([all, []]);
  });

  it('[F25] a large POST waits in several items, none larger than the table takes, and nothing of it is lost', async () => {
    const alerts = Array.from({ length: 900 }, (_, i) => ({
      title: `large ${1_000 + i}`,
      key: String(i),
      labels: { text: '\u00e9'.repeat(240) },
    }));
    expect(await post(alerts)).toBe(202);
    expect(titles(await parked())).toEqual(alerts.map(({ title }) => title));
    isUp = true;
    await sweep();
    expect(titles(queue)).toEqual(alerts.map(({ title }) => title));
  });

  it('[F66] the log tells of it until the queue is spared, and never of an alert', async () => {
    isUp = true;
    await post({ title: 'before', key: 'b' });
    isUp = false;
    for (let i = 0; i < 5; i++) await post({ title: 'canary-title', key: 'c' });
    expect(fault).toHaveBeenCalledTimes(2);
    expect(JSON.stringify(fault.mock.calls)).not.toContain('canary-title');
  });
});
