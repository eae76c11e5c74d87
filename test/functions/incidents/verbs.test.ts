import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, idOf, SECOND } from '../../../shared/kernel/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { minutes, T0 } from '../../support/given.ts';
import type { TestRequest } from '../../support/http-event.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let org = idOf('organisation', T0, '0');
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/incidents/routes.ts'));
  handler = world.as('Incidents', handler);
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `verbs ${count++}`);
  world.setClock(T0);
  world.forget();
});

const ask = (method: string, path: string, more: Partial<TestRequest> = {}) =>
  call(handler, { method, path: `/api/incidents${path}`, authorizer: memberOf(org), ...more });
const declare = async (more: object = {}) =>
  (await ask('POST', '', { body: { title: 'Checkout down', severity: 'P1_CRITICAL', ...more } })).body;
const change = (id: string, body: object, headers = {}) =>
  ask('PATCH', `/${id}`, { body, headers: { 'content-type': 'application/json', ...headers } });

describe('declaring an incident', () => {
  it('answers with it, its place and its version, and pages at once', async () => {
    const { status, headers, body } = await ask('POST', '', {
      body: {
        title: 'Checkout down',
        severity: 'P1_CRITICAL',
        service: ' Checkout ',
        description: 'since noon',
      },
    });
    expect(status).toBe(201);
    expect(headers).toMatchObject({
      etag: '"1"',
      location: `https://pages.example.com/api/incidents/${body.id}`,
    });
    expect(body).toMatchObject({
      state: 'triggered',
      service: 'checkout',
      openedAt: '2026-11-02T09:00:00.000Z',
    });
    expect(world.sent).toEqual([
      {
        queue: 'Escalation',
        delaySeconds: 0,
        body: { kind: 'escalate', org, incident: body.id, generation: 1, step: 1, dueAt: T0 },
      },
    ]);
  });
  it('wakes nobody for P4 and P5', async () => {
    await declare({ severity: 'P5_INFO' });
    expect(world.sent).toEqual([]);
  });
  it('[F62] under one Idempotency-Key happens once; another body is a mismatch', async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k1' };
    const body = { title: 'Once', severity: 'P2_HIGH' };
    const first = await ask('POST', '', { body, headers });
    const again = await ask('POST', '', { body, headers });
    expect(again.body).toEqual(first.body);
    expect((await ask('POST', '', { body: { ...body, title: 'Other' }, headers })).status).toBe(422);
    expect((await ask('GET', '')).body.items).toHaveLength(1);
  });
  it('names a policy that there is', async () => {
    const { status, body } = await ask('POST', '', {
      body: { title: 'x', severity: 'P1_CRITICAL', policy: 'nights' },
    });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'invalid', param: 'body.policy' });
  });
  it('[F58] takes no field that it does not know', async () => {
    const { status, body } = await ask('POST', '', {
      body: { title: 'x', severity: 'P1_CRITICAL', org: 'org_other' },
    });
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'invalid', param: 'body.org' });
    expect((await ask('GET', '')).body.items).toEqual([]);
  });
});

describe('changing an incident', () => {
  it('acknowledges, resolves and reopens, each a version further', async () => {
    const { id } = await declare();
    const acknowledged = await change(id, { state: 'acknowledged' });
    expect(acknowledged.body).toMatchObject({
      state: 'acknowledged',
      version: 2,
      acknowledgedBy: { name: 'Ann' },
    });
    expect(acknowledged.headers.etag).toBe('"2"');
    expect((await change(id, { state: 'resolved', note: 'rolled back' })).body.state).toBe('resolved');
    world.forget();
    world.setClock(minutes(3));
    const reopened = await change(id, { state: 'triggered' });
    expect(reopened.body).toMatchObject({ state: 'triggered', generation: 2, version: 4 });
    expect(world.sent).toMatchObject([{ body: { generation: 2, step: 1, dueAt: minutes(3) } }]);
  });
  it('[M4] acknowledged twice is one acknowledgement, and none of what is resolved', async () => {
    const { id } = await declare();
    await change(id, { state: 'acknowledged' });
    expect((await change(id, { state: 'acknowledged' })).body.version).toBe(2);
    await change(id, { state: 'resolved' });
    expect((await change(id, { state: 'acknowledged' })).status).toBe(409);
  });
  it('changes severity and title together, and pages when it becomes urgent', async () => {
    const { id } = await declare({ severity: 'P4_LOW' });
    const { body } = await change(id, { severity: 'P1_CRITICAL', title: 'Checkout is down' });
    expect(body).toMatchObject({ severity: 'P1_CRITICAL', title: 'Checkout is down', version: 3 });
    expect(world.sent).toHaveLength(1);
  });
  it('refuses to take an acknowledgement back', async () => {
    const { id } = await declare();
    await change(id, { state: 'acknowledged' });
    expect((await change(id, { state: 'triggered' })).status).toBe(409);
  });
  it('[F61] of two with the same version one is done and one refused', async () => {
    const { id } = await declare();
    const both = await Promise.all([
      change(id, { title: 'A' }, { 'if-match': '"1"' }),
      change(id, { title: 'B', version: 1 }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await ask('GET', `/${id}`)).body.version).toBe(2);
  });
  it('[F61] takes the version from the header or the body, not two different ones', async () => {
    const { id } = await declare();
    expect((await change(id, { title: 'A' }, { 'if-match': 'W/"1"' })).status).toBe(200);
    expect((await change(id, { title: 'B' }, { 'if-match': '*' })).status).toBe(200);
    expect((await change(id, { title: 'C' }, { 'if-match': '3' })).status).toBe(400);
    expect((await change(id, { title: 'C', version: 2 }, { 'if-match': '"3"' })).status).toBe(400);
  });
});

describe('reading an incident', () => {
  it('shows it with its alerts and what comes next', async () => {
    const { id } = await declare();
    const { status, headers, body } = await ask('GET', `/${id}`);
    expect(status).toBe(200);
    expect(headers.etag).toBe('"1"');
    expect(body).toMatchObject({
      alerts: { total: 0, firing: 0, acknowledged: 0, resolved: 0 },
      next: { step: 1, dueAt: '2026-11-02T09:00:00.000Z' },
    });
  });
  it('[F59] knows no strange ids and, as 404, none of other organisations', async () => {
    const { id } = await declare();
    for (const bad of ['..%2Fx', 'INC%231%232', 'constructor', 'x'.repeat(2_000)]) {
      expect((await ask('GET', `/${bad}`)).status).toBe(400);
    }
    const stranger = memberOf(idOf('organisation', T0, 'stranger'), 'administrator');
    for (const [method, more] of [
      ['GET', {}],
      ['PATCH', { body: { title: 'mine' } }],
      ['DELETE', {}],
    ] as const) {
      expect((await ask(method, `/${id}`, { ...more, authorizer: stranger })).status).toBe(404);
    }
    expect((await ask('GET', `/${id}/facts`, { authorizer: stranger })).status).toBe(404);
  });
});

describe('deleting an incident', () => {
  const manager = () => ({ authorizer: memberOf(org, 'manager') });

  it('hides it everywhere and needs a manager', async () => {
    const { id } = await declare();
    expect((await ask('DELETE', `/${id}`)).status).toBe(403);
    expect((await ask('DELETE', `/${id}`, manager())).status).toBe(204);
    expect((await ask('GET', `/${id}`)).status).toBe(404);
    expect((await ask('GET', '')).body.items).toEqual([]);
    expect((await ask('DELETE', `/${id}`, manager())).status).toBe(404);
  });
});

describe('the log of an incident', () => {
  it('is read in order, after a number, with times as text', async () => {
    const { id } = await declare();
    await change(id, { state: 'acknowledged' });
    const all = (await ask('GET', `/${id}/facts`)).body;
    expect(all.items.map(({ seq, type }: { seq: number; type: string }) => [seq, type])).toEqual([
      [1, 'incident.opened'],
      [2, 'incident.acknowledged'],
    ]);
    expect(all.items[0].data.next.dueAt).toBe('2026-11-02T09:00:00.000Z');
    const rest = (await ask('GET', `/${id}/facts`, { query: { after: '1', limit: '10' } })).body;
    expect(rest).toMatchObject({ last: 2, items: [{ seq: 2 }] });
    expect((await ask('GET', `/${id}/facts`, { query: { after: '2' } })).body).toEqual({
      items: [],
      last: 2,
    });
  });
  it('[F73] has a note once, however often its client sends it', async () => {
    const { id } = await declare();
    const body = { text: 'Looking into it', clientMessageId: 'message-1' };
    const first = await ask('POST', `/${id}/notes`, { body });
    const again = await ask('POST', `/${id}/notes`, { body });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(first.body).toMatchObject({ type: 'incident.noted', data: { text: 'Looking into it' } });
    expect((await ask('GET', `/${id}/facts`)).body.items).toHaveLength(2);
    expect((await ask('GET', `/${id}`)).body.version).toBe(1);
  });
  it('[F32] takes the id of a message again after its time, although the store still has the first', async () => {
    const { id } = await declare();
    const body = { text: 'Looking into it', clientMessageId: 'message-1' };
    await ask('POST', `/${id}/notes`, { body });
    world.setClock(T0 + 2 * DAY);
    expect((await ask('POST', `/${id}/notes`, { body })).status).toBe(200);
    world.setClock(T0 + 2 * DAY + 2 * SECOND);
    expect((await ask('POST', `/${id}/notes`, { body })).status).toBe(201);
    expect((await ask('GET', `/${id}/facts`)).body.items).toHaveLength(3);
  });
});

describe('the answers of incidents', () => {
  it('[F66] name no table, no key and no other internals', async () => {
    const { id } = await declare();
    const answers = await Promise.all([
      ask('GET', `/${id}`),
      ask('GET', `/${id}/facts`),
      ask('GET', ''),
      ask('GET', '/inc_00000000000000000000000000'),
      change(id, { title: 'x' }, { 'if-match': '"9"' }),
    ]);
    for (const { text } of answers) expect(text).not.toMatch(/Events|O#|pk|gsi|arn:|stack|\.ts/);
  });
});
