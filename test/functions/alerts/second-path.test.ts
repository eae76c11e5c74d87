import { randomUUID } from 'node:crypto';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { parkedMessages } from '../../../functions/aws/parked.ts';
import { table } from '../../../functions/aws/table.ts';
import { log } from '../../../functions/edge/log.ts';
import type { SignalsMessage } from '../../../shared/alerts/index.ts';
import { idOf, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import { shards } from '../../../shared/table/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { queueUrl } from '../../support/function-world.ts';
import { T0 } from '../../support/given.ts';
import { httpEvent, lambdaContext } from '../../support/http-event.ts';
import { type WatchedProcess, watchProcess } from '../../support/watched-process.ts';

const secret = '0123456789abcdef0123456789abcdef';
const sqs = mockClient(SQSClient);
const fault = vi.spyOn(log, 'error').mockReturnValue(undefined);
const { now } = clock;
let engine: Awaited<ReturnType<typeof startDynamoDb>>;
let watched: WatchedProcess;
let at = T0;
let isUp = false;
let queue: SignalsMessage[] = [];

beforeAll(async () => {
  engine = await startDynamoDb();
  process.env[env.alertQueue] = queueUrl('Alerts');
  process.env[env.escalationQueue] = queueUrl('Escalation');
  process.env[env.systemName] = 'test';
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
  await engine.stop();
  watched.stop();
});
beforeEach(() => {
  at += 60 * MINUTE;
  isUp = false;
  queue = [];
  fault.mockClear();
  sqs.reset();
  sqs.on(SendMessageBatchCommand).callsFake(({ Entries }: SendMessageBatchCommand['input']) => {
    if (!isUp) throw new Error('The queue is down');
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
    for await (const page of parkedMessages(shard)) found.push(...page.map(({ message }) => message));
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

  it('[F66] the log tells of it once for each pause, and never of an alert', async () => {
    for (let i = 0; i < 5; i++) await post({ title: 'canary-title', key: 'c' });
    expect(fault).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(fault.mock.calls)).not.toContain('canary-title');
  });
});
