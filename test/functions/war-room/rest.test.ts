import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, type OrganisationId, type PersonId, type Role } from '../../../shared/kernel/index.ts';
import { call, memberOf } from '../../support/function-world.ts';
import {
  ctxOf,
  enrol,
  logOf,
  newOrg,
  note,
  openIncident,
  type RoomWorld,
  startRoomWorld,
} from '../../support/room-world.ts';

let world: RoomWorld;
let handler: typeof import('../../../functions/war-room/routes.ts').handler;
beforeAll(async () => {
  world = await startRoomWorld();
  ({ handler } = await import('../../../functions/war-room/routes.ts'));
});
afterAll(() => world.stop());

const ask = (
  org: OrganisationId,
  method: string,
  path: string,
  body?: unknown,
  role: Role = 'responder',
  query: Readonly<Record<string, string>> = {},
) =>
  call(world.world.as('WarRoom', handler), {
    ...{ method, path, query, authorizer: memberOf(org, role) },
    ...(body !== undefined && { body, headers: { 'content-type': 'application/json' } }),
  });

describe('action items over REST', () => {
  it('are added once, changed and listed, and the log tells it', async () => {
    const org = newOrg();
    const incident = await openIncident(org);
    await enrol(ctxOf(org, 'responder', 'Bob'));
    const path = `/api/incidents/${incident}/actions`;
    const body = {
      text: 'Page the DBA',
      assignee: 'per_bob',
      due: '2026-12-01',
      clientMessageId: 'added-once',
    };
    const added = await ask(org, 'POST', path, body);
    expect(added).toMatchObject({
      status: 201,
      body: { text: 'Page the DBA', assignee: { name: 'Bob' }, done: false },
    });
    expect((await ask(org, 'POST', path, body)).body).toEqual(added.body);
    const { id } = added.body;
    const done = await ask(org, 'PATCH', `${path}/${id}`, { done: true, assignee: null });
    expect(done).toMatchObject({ status: 200, body: { id, done: true, due: '2026-12-01' } });
    expect(done.body).not.toHaveProperty('assignee');
    expect((await ask(org, 'GET', path)).body).toEqual({ items: [done.body] });
    expect((await logOf(org, incident)).map(({ type }) => type)).toEqual([
      'incident.opened',
      'room.action-added',
      'room.action-changed',
    ]);
  });

  it('are given to a person of the configuration as the member of the same address', async () => {
    const org = newOrg();
    const incident = await openIncident(org);
    await enrol(ctxOf(org, 'responder', 'Bob'), 'Bob@Example.com');
    const { loadConfiguration, replaceConfiguration } = await import(
      '../../../functions/aws/configuration.ts'
    );
    const { body: empty } = await loadConfiguration(org, () => undefined);
    const people = [
      { id: 'bobby', name: 'Bobby', email: 'bob@example.com' },
      { id: 'cid', name: 'Cid', email: 'cid@example.com' },
    ];
    await replaceConfiguration(org, 0, { ...empty, people }, { actor: ctxOf(org).actor, at: 1 });
    const path = `/api/incidents/${incident}/actions`;
    const { status, body } = await ask(org, 'POST', path, { text: 'Page the DBA', assignee: 'bobby' });
    expect([status, body.assignee]).toEqual([201, { id: 'per_bob', name: 'Bob' }]);
    const changed = (assignee: string | null) => ask(org, 'PATCH', `${path}/${body.id}`, { assignee });
    expect((await changed(null)).body).not.toHaveProperty('assignee');
    expect((await changed('bobby')).body).toMatchObject({ assignee: { id: 'per_bob', name: 'Bob' } });
    const refused = await changed('cid');
    expect([refused.status, refused.body.error.message]).toEqual([
      404,
      expect.stringMatching(/^'cid' is a person of the configuration, but no member .* cid@example\.com;/),
    ]);
  });

  it.each([
    [{ text: '' }, 400],
    [{ text: 'x', due: '2026-02-30' }, 400],
    [{ text: 'x', assignee: 'per_nobody' }, 404],
    [{ text: 'x', id: 'act_1' }, 400],
    [{ text: 'x'.repeat(301) }, 400],
  ])('are refused as %j', async (body, status) => {
    const org = newOrg();
    const path = `/api/incidents/${await openIncident(org)}/actions`;
    expect((await ask(org, 'POST', path, body)).status).toBe(status);
  });

  it('[F56] [F57] are of those who may see the incident, and changed by those who may write', async () => {
    const org = newOrg();
    const incident = await openIncident(org);
    const path = `/api/incidents/${incident}/actions`;
    expect((await ask(org, 'POST', path, { text: 'x' }, 'viewer')).status).toBe(403);
    const other = newOrg();
    const action = idOf('action', 0, 'x');
    for (const [method, where, body] of [
      ['GET', path, undefined],
      ['POST', path, { text: 'x' }],
      ['PATCH', `${path}/${action}`, { done: true }],
      ['GET', `/api/incidents/${incident}/room`, undefined],
    ] as const)
      expect((await ask(other, method, where, body, 'administrator')).status).toBe(404);
    expect((await ask(org, 'PATCH', `${path}/${action}`, { done: true })).status).toBe(404);
    expect((await ask(org, 'PATCH', `${path}/${action}`, {})).status).toBe(400);
  });
});

describe('a room over REST', () => {
  it('is its parts and the latest facts, after which the socket goes on', async () => {
    const org = newOrg();
    const incident = await openIncident(org);
    const ann = await world.person(ctxOf(org));
    await ann.say({ v: 1, type: 'join', incident });
    for (let i = 0; i < 5; i++) await note(org, incident, `note ${i}`);
    const role = { type: 'role', role: 'commander', person: ctxOf(org).actor.id as PersonId };
    await ann.say({ v: 1, incident, id: 'role-of-ann', ...role });
    await ann.say({ v: 1, incident, id: 'pin-of-ann', type: 'pin', seq: 4 });
    const room = await ask(org, 'GET', `/api/incidents/${incident}/room`, undefined, 'viewer', {
      facts: '3',
    });
    expect(room.body).toMatchObject({
      last: 9,
      facts: [{ seq: 7 }, { seq: 8, type: 'room.role-given' }, { seq: 9, type: 'room.pinned' }],
    });
    expect(room.body.parts).toEqual([
      { part: 'pin', pinned: 4, up: true, text: 'note 1', by: 'Ann', seq: 9 },
      { part: 'role', role: 'commander', person: { id: 'per_ann', name: 'Ann' }, seq: 8 },
    ]);
    await note(org, incident, 'later');
    expect(await ann.say({ v: 1, type: 'join', incident, after: room.body.last })).toMatchObject({
      facts: [{ seq: 10, data: { text: 'later' } }],
    });
  });
});
