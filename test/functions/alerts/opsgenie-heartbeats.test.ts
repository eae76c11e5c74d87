import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { table } from '../../../functions/aws/table.ts';
import { idOf, type OrganisationId, toText } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { minutes, T0 } from '../../support/given.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let org: OrganisationId;
let key = '';
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/alerts/routes.ts'));
});
afterAll(() => world.stop());
beforeEach(async () => {
  count += 1;
  org = idOf('organisation', T0, `opsgenie heartbeats ${count}`);
  key = `0123456789abcdef0123456789ab${String(count).padStart(4, '0')}`;
  world.setClock(T0);
  world.forget();
  const { putKeyDoorWrite } = await import('../../../functions/aws/doors.ts');
  const id = idOf('integration', T0, String(count));
  const door = { kind: 'integration', org, id, name: 'o', source: 'opsgenie-api' } as const;
  const other = { ...door, id: idOf('integration', T0, `other ${count}`) };
  await table.transact([putKeyDoorWrite(key, door), putKeyDoorWrite(foreign(), other)]);
});

/** The key of another integration of the same organisation. */
const foreign = () => key.replace(/^0/, 'f');

const ask = (method: string, path: string, body?: object, authorization = `GenieKey ${key}`) =>
  call(world.as('Alerts', handler), {
    ...{ method, path, ...(body && { body }) },
    headers: { 'content-type': 'application/json', authorization },
  });
const made = () => ask('POST', '/v2/heartbeats', { name: 'nightly', interval: 10, intervalUnit: 'minutes' });

describe("Opsgenie's heartbeat API", () => {
  it('makes a heartbeat, lists it and shows it', async () => {
    expect(await made()).toMatchObject({
      status: 201,
      body: { result: 'Created', data: { name: 'nightly', enabled: true, expired: false } },
    });
    const shown = { name: 'nightly', interval: 10, intervalUnit: 'minutes', enabled: true, expired: false };
    expect((await ask('GET', '/v2/heartbeats')).body).toMatchObject({ data: { heartbeats: [shown] } });
    const { status, body } = await ask('GET', '/v2/heartbeats/nightly');
    expect([status, body]).toMatchObject([
      200,
      { data: shown, took: expect.any(Number), requestId: expect.any(String) },
    ]);
  });

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH'])('takes a call by %s with PONG', async (method) => {
    await made();
    const { status, body } = await ask(method, '/v2/heartbeats/nightly/ping');
    expect([status, body.result]).toEqual([202, 'PONG - Heartbeat received']);
    expect((await ask('GET', '/v2/heartbeats/nightly')).body.data.lastPingTime).toBe(toText(T0));
  });

  it('takes a call with a body that nobody could read', async () => {
    await made();
    const authorization = `GenieKey ${key}`;
    const { status } = await call(world.as('Alerts', handler), {
      ...{ method: 'POST', path: '/v2/heartbeats/nightly/ping', body: Buffer.from([0x1f, 0x8b, 0xff]) },
      headers: { 'content-encoding': 'gzip', authorization },
    });
    expect(status).toBe(202);
  });

  it('is missed when it is not called, changed, disabled, enabled and removed', async () => {
    await made();
    await ask('GET', '/v2/heartbeats/nightly/ping');
    world.setClock(minutes(12));
    expect((await ask('GET', '/v2/heartbeats/nightly')).body.data.expired).toBe(true);
    const change = { interval: 1, intervalUnit: 'hours' };
    expect(await ask('PATCH', '/v2/heartbeats/nightly', change)).toMatchObject({
      ...{ status: 200, body: { result: 'Updated', data: { expired: false } } },
    });
    expect((await ask('POST', '/v2/heartbeats/nightly/disable')).body).toMatchObject({
      ...{ result: 'Disabled', data: { enabled: false } },
    });
    expect((await ask('POST', '/v2/heartbeats/nightly/enable')).body.result).toBe('Enabled');
    expect((await ask('DELETE', '/v2/heartbeats/nightly')).body.result).toBe('Deleted');
    expect((await ask('GET', '/v2/heartbeats/nightly')).status).toBe(404);
  });

  it('refuses in the words of Opsgenie', async () => {
    expect(await ask('POST', '/v2/heartbeats', { interval: 1 })).toMatchObject({
      status: 422,
      body: { errors: { name: expect.any(String) }, took: expect.any(Number) },
    });
    await made();
    expect((await made()).status).toBe(409);
    expect(await ask('GET', '/v2/heartbeats/none/ping')).toMatchObject({
      ...{ status: 404, body: { message: expect.stringContaining('none') } },
    });
    expect((await ask('POST', '/v2/heartbeats/nightly/dance')).status).toBe(404);
    for (const wrong of ['', `Bearer ${key}`, 'GenieKey 0123456789abcdef0123456789abffff', 'GenieKey x'])
      expect((await ask('GET', '/v2/heartbeats', undefined, wrong)).status, wrong).toBe(401);
  });

  it('lets the key of another integration ping and read a heartbeat, and no more', async () => {
    await made();
    const by = (method: string, path: string, body?: object) =>
      ask(method, path, body, `GenieKey ${foreign()}`);
    expect((await by('POST', '/v2/heartbeats/nightly/ping')).status).toBe(202);
    expect((await by('GET', '/v2/heartbeats/nightly')).status).toBe(200);
    const change = { interval: 9, intervalUnit: 'days' };
    for (const answer of [
      await by('POST', '/v2/heartbeats/nightly/disable'),
      await by('POST', '/v2/heartbeats/nightly/enable'),
      await by('PATCH', '/v2/heartbeats/nightly', change),
      await by('DELETE', '/v2/heartbeats/nightly'),
    ])
      expect(answer).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining('ping and read'), took: expect.any(Number) },
      });
    expect((await ask('GET', '/v2/heartbeats/nightly')).body.data).toMatchObject({
      ...{ enabled: true, interval: 10, intervalUnit: 'minutes' },
    });
  });

  it('lets no key change a heartbeat that a person made', async () => {
    const { status } = await call(world.as('Alerts', handler), {
      ...{ method: 'POST', path: '/api/heartbeats', authorizer: memberOf(org, 'manager') },
      ...{ body: { name: 'own', intervalMinutes: 5 }, headers: { 'content-type': 'application/json' } },
    });
    expect(status).toBe(201);
    expect((await ask('POST', '/v2/heartbeats/own/disable')).status).toBe(403);
    expect((await ask('DELETE', '/v2/heartbeats/own')).status).toBe(403);
    expect((await ask('GET', '/v2/heartbeats/own/ping')).status).toBe(202);
  });
});

describe('what there is not below the paths of Opsgenie', () => {
  it.each([
    ['GET', '/v2/alerts', 'Receive'],
    ['GET', '/v2/alerts/count/of/all', 'Receive'],
    ['PUT', '/v2/heartbeats', 'Alerts'],
    ['GET', '/v2/heartbeats/a/b/c', 'Alerts'],
    ['GET', '/v2/heartbeats/%', 'Alerts'],
  ] as const)('is told in the form of Opsgenie: %s %s', async (method, path, name) => {
    const modules = {
      Receive: () => import('../../../functions/alerts/receive.http.ts'),
      Alerts: () => import('../../../functions/alerts/routes.ts'),
    };
    const { handler: found } = await modules[name]();
    const { status, body } = await call(world.as(name, found), { method, path });
    expect([400, 404]).toContain(status);
    expect(body).toEqual({
      ...{ message: expect.any(String), took: expect.any(Number), requestId: 'request-1' },
    });
  });

  it('is told in our own form elsewhere', async () => {
    const { body } = await call(world.as('Alerts', handler), { method: 'PUT', path: '/api/heartbeats' });
    expect(body.error.code).toBe('not_found');
  });
});
