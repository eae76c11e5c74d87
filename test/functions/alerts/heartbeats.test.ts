import { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { table } from '../../../functions/aws/table.ts';
import { log } from '../../../functions/edge/log.ts';
import { idOf, MINUTE, type OrganisationId, type Role, toText } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { minutes, T0 } from '../../support/given.ts';
import { lambdaContext } from '../../support/http-event.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let sweep: () => Promise<void>;
let org: OrganisationId;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  vi.spyOn(log, 'info').mockReturnValue(undefined);
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  ({ handler } = await import('../../../functions/alerts/routes.ts'));
  const module = await import('../../../functions/incidents/sweep.schedule.ts');
  const run = world.as('Sweep', module.handler) as (event: object, context: object) => Promise<void>;
  sweep = () => run({}, lambdaContext);
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `heartbeats ${count++}`);
  world.setClock(T0);
  world.forget();
});

const ask = (method: string, path: string, body?: object, role: Role = 'manager') =>
  call(world.as('Alerts', handler), {
    ...{ method, path, ...(body && { body }), authorizer: memberOf(org, role) },
    headers: { 'content-type': 'application/json' },
  });
const plan = { name: 'nightly backup', intervalMinutes: 10, severity: 'P2_HIGH' };
const path = '/api/heartbeats/nightly%20backup';

async function made(more: object = {}): Promise<string> {
  const { status, body } = await ask('POST', '/api/heartbeats', { ...plan, ...more });
  expect(status).toBe(201);
  return new URL(body.url).pathname;
}
const ping = (address: string, method = 'POST') =>
  call(world.as('Alerts', handler), { method, path: address, body: undefined });
/** What alerts heard of the heartbeats of this test; those of others are still watched. */
const messages = () =>
  world.sent.flatMap(({ body }) => (body.kind === 'signals' && body.org === org ? [body] : []));
const signals = () => messages().flatMap(({ signals: said }) => said as { state: string }[]);

describe('a heartbeat', () => {
  it('is made with an address that is shown once, and waits for its first call', async () => {
    const { status, body } = await ask('POST', '/api/heartbeats', plan);
    expect(status).toBe(201);
    expect(body).toEqual({
      ...{ ...plan, graceMinutes: 1, enabled: true, state: 'waiting', createdAt: toText(T0) },
      url: expect.stringMatching(/^https:\/\/alerts\.example\.com\/heartbeats\/[0-9a-f]{32}$/),
    });
    const { url: _, ...shown } = body;
    expect((await ask('GET', path, undefined, 'viewer')).body).toEqual(shown);
    expect((await ask('GET', '/api/heartbeats', undefined, 'viewer')).body).toEqual({ items: [shown] });
  });

  it.each(['GET', 'HEAD', 'POST', 'PUT'])('is alive when its address is called by %s', async (method) => {
    const address = await made();
    const { status, body } = await ping(address, method);
    expect([status, body]).toEqual([
      200,
      { result: 'PONG', name: 'nightly backup', dueAt: toText(minutes(11)) },
    ]);
    expect((await ask('GET', path)).body).toMatchObject({ state: 'alive', lastPingAt: toText(T0) });
  });

  it.each([
    [
      'Latin-1',
      { 'content-type': 'text/plain; charset=iso-8859-1' },
      Buffer.from('fertig für heute', 'latin1'),
    ],
    ['binary', { 'content-type': 'application/octet-stream' }, Buffer.from([0, 0xff, 0xfe, 0x80])],
    ['gzip', { 'content-encoding': 'gzip' }, Buffer.from([0x1f, 0x8b, 8, 0])],
    ['two megabytes', { 'content-type': 'text/plain' }, Buffer.alloc(2 * 1024 * 1024, 'log line ')],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, Buffer.from('a=%ff')],
  ])('is alive when it is called with a body that nobody could read: %s', async (_, headers, body) => {
    const address = await made();
    const request = { method: 'POST', path: address, headers, body };
    expect((await call(world.as('Alerts', handler), request)).status).toBe(200);
    const asked = { method: 'GET', path: address, headers: { 'content-encoding': 'gzip' } };
    expect((await call(world.as('Alerts', handler), asked)).status).toBe(200);
  });

  it('that stays away is an alert within the minute, once, and is over when it calls again', async () => {
    const address = await made();
    await ping(address);
    world.setClock(minutes(11) - 1);
    await sweep();
    expect(signals()).toEqual([]);
    world.setClock(minutes(11));
    await sweep();
    world.setClock(minutes(12));
    await sweep();
    expect(signals()).toMatchObject([
      { state: 'firing', at: minutes(11), severity: 'P2_HIGH', title: 'Heartbeat nightly backup is missing' },
    ]);
    expect((await ask('GET', path)).body).toMatchObject({ state: 'missed', missedAt: toText(minutes(11)) });
    world.setClock(minutes(14));
    await ping(address);
    expect(signals()).toMatchObject([{ state: 'firing' }, { state: 'resolved', at: minutes(14) }]);
    expect((await ask('GET', path)).body).toMatchObject({ state: 'alive', dueAt: toText(minutes(25)) });
  });

  it('is told of again when the sweep died before it could mark that it had told', async () => {
    await ping(await made());
    world.setClock(minutes(11));
    const { put } = table;
    let writes = 0;
    const dying = vi.spyOn(table, 'put').mockImplementation(async (...said) => {
      if (said[0].org === org) writes += 1;
      if (writes === 2) throw new Error('killed');
      return put(...said);
    });
    await expect(sweep()).rejects.toThrow();
    dying.mockRestore();
    world.setClock(minutes(12));
    await sweep();
    const receipts = messages().map(({ receipt }) => receipt);
    expect(receipts).toHaveLength(2);
    expect(new Set(receipts).size).toBe(1);
  });

  it('loses a text that is null, and keeps what is left out', async () => {
    const texts = { alertTitle: 'No backup', description: 'Look at the disk.', ownerTeam: 'Storage' };
    await made({ ...texts, service: 'backup' });
    const { body } = await ask('PATCH', path, { alertTitle: null, ownerTeam: null, service: null });
    expect(body).toMatchObject({ name: 'nightly backup', description: texts.description });
    for (const gone of ['alertTitle', 'ownerTeam', 'service']) expect(body).not.toHaveProperty(gone);
    expect((await ask('GET', path)).body).toEqual(body);
  });

  it('is changed, paused, which ends its alert, and removed', async () => {
    const address = await made();
    await ping(address);
    world.setClock(minutes(11));
    await sweep();
    expect((await ask('PATCH', path, { enabled: false })).body).toMatchObject({
      enabled: false,
      state: 'paused',
    });
    expect(signals().map(({ state }) => state)).toEqual(['firing', 'resolved']);
    await ask('PATCH', path, { enabled: true, intervalMinutes: 30 });
    expect((await ask('GET', path)).body).toMatchObject({ state: 'alive', dueAt: toText(minutes(31)) });
    expect((await ask('DELETE', path)).status).toBe(204);
    expect((await ask('GET', path)).status).toBe(404);
  });

  it('that is removed while it is missed ends its alert', async () => {
    await ping(await made());
    world.setClock(minutes(11));
    await sweep();
    await ask('DELETE', path);
    expect(signals().map(({ state }) => state)).toEqual(['firing', 'resolved']);
  });
});

describe('a call of a missed heartbeat while the queue fails', () => {
  async function missed(): Promise<string> {
    const address = await made();
    await ping(address);
    world.setClock(minutes(11));
    await sweep();
    world.forget();
    world.setClock(minutes(14));
    return address;
  }
  const failing = () => {
    const down = vi.spyOn(SQSClient.prototype, 'send').mockRejectedValue(new Error('The queue is down'));
    const quiet = vi.spyOn(log, 'error').mockReturnValue(undefined);
    return () => [down, quiet].forEach((one) => void one.mockRestore());
  };

  it('is taken, and what alerts are to hear follows when the queue is back', async () => {
    const address = await missed();
    const repaired = failing();
    const { status } = await ping(address).finally(repaired);
    expect(status).toBe(200);
    expect((await ask('GET', path)).body).toMatchObject({ state: 'alive' });
    await sweep();
    expect(signals()).toMatchObject([{ state: 'resolved', at: minutes(14) }]);
  });

  it('is told to come again only when the table fails, too', async () => {
    const address = await missed();
    const repaired = failing();
    const full = vi.spyOn(table, 'put').mockRejectedValue(new Error('throttled'));
    const { status, headers } = await ping(address).finally(() => [repaired(), full.mockRestore()]);
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    expect((await ping(address)).status).toBe(200);
    await sweep();
    expect(signals()).toMatchObject([{ state: 'resolved' }]);
  });

  it('is told to come again when the table throttles, however it is called', async () => {
    const address = await made();
    const full = vi.spyOn(table, 'get').mockRejectedValue(new Error('throttled'));
    const quiet = vi.spyOn(log, 'error').mockReturnValue(undefined);
    const { status, headers } = await ping(address).finally(() =>
      [full, quiet].forEach((one) => void one.mockRestore()),
    );
    expect([status, headers['retry-after']]).toEqual([503, '5']);
  });
});

it('all of many that are missed at once are told in the same minute', async () => {
  const { makeHeartbeat } = await import('../../../functions/aws/heartbeats.ts');
  const { shardOf, shards } = await import('../../../shared/table/index.ts');
  // All in one shard, which is the worst that can happen.
  const names = [...Array(5_000).keys()]
    .map((number) => `job ${number}`)
    .filter((name) => shardOf(`${org} ${name}`, shards.due) === 3)
    .slice(0, 120);
  expect(names).toHaveLength(120);
  await Promise.all(
    names.map((name, number) =>
      makeHeartbeat(
        org,
        {
          ...{
            name,
            id: idOf('integration', T0, org, name),
            createdAt: T0,
            door: String(number),
            version: 1,
          },
          ...{ interval: MINUTE, grace: 0, enabled: true, severity: 'P3_MEDIUM' },
          ...{ lastPingAt: T0, dueAt: T0 + MINUTE },
        },
        `secret of ${org} ${name}`,
      ),
    ),
  );
  world.setClock(minutes(1));
  await sweep();
  expect(signals()).toHaveLength(120);
});

describe('what is refused', () => {
  it('a second one of the same name, whose address is not told either', async () => {
    await made();
    const { status, body } = await ask('POST', '/api/heartbeats', plan);
    expect([status, body.error.param]).toEqual([409, 'body.name']);
  });

  it.each([
    [{ ...plan, intervalMinutes: 0 }, 'body.intervalMinutes'],
    [{ ...plan, intervalMinutes: 1.5 }, 'body.intervalMinutes'],
    [{ ...plan, graceMinutes: 1e6 }, 'body.graceMinutes'],
    [{ ...plan, name: 'a/b' }, 'body.name'],
    [{ ...plan, severity: 'bad' }, 'body.severity'],
  ])('%j', async (body, param) => {
    const answer = await ask('POST', '/api/heartbeats', body);
    expect([answer.status, answer.body.error.param]).toEqual([400, param]);
  });

  it('a call at an address of no heartbeat, whatever stands there', async () => {
    for (const address of [
      '/heartbeats/0123456789abcdef0123456789abcdef',
      '/heartbeats/x',
      '/heartbeats/%00',
    ])
      expect((await ping(address)).status).toBe(403);
    expect((await ping(await made().then((one) => `${one}0`))).status).toBe(403);
  });

  it('a change by whom may only look', async () => {
    await made();
    expect((await ask('PATCH', path, { enabled: false }, 'responder')).status).toBe(403);
  });

  it('a heartbeat that there is not', async () => {
    expect((await ask('PATCH', path, { enabled: false })).status).toBe(404);
    expect((await ask('DELETE', path)).status).toBe(404);
  });
});

it('sixty calls in an hour and sixty looks are no alert', async () => {
  const address = await made({ intervalMinutes: 1, graceMinutes: 1 });
  for (let minute = 0; minute < 60; minute++) {
    world.setClock(T0 + minute * MINUTE);
    await ping(address);
    await sweep();
  }
  expect(signals()).toEqual([]);
});
