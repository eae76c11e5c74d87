import { DeleteConnectionCommand, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { putConnection } from '../../../functions/aws/connections.ts';
import { listMembers, removeMember } from '../../../functions/aws/organisations.ts';
import { newId } from '../../../functions/aws/random.ts';
import { recordRoom } from '../../../functions/aws/room-log.ts';
import { joinRoom } from '../../../functions/aws/rooms.ts';
import { log } from '../../../functions/edge/log.ts';
import { type IncidentId, idOf, MINUTE, type OrganisationId, SECOND } from '../../../shared/kernel/index.ts';
import { limits } from '../../../shared/war-room/index.ts';
import { queueEvent } from '../../support/function-world.ts';
import {
  connectionIds,
  ctxOf,
  logOf,
  newOrg,
  openIncident,
  type RoomWorld,
  startRoomWorld,
} from '../../support/room-world.ts';

let world: RoomWorld;
beforeAll(async () => {
  world = await startRoomWorld();
});
afterAll(() => world.stop());
beforeEach(() => {
  world.reset();
  world.world.forget();
});

let nextId = 0;

/** A room with Ann and Bob in it. */
async function room() {
  const org = newOrg();
  const incident = await openIncident(org);
  const ann = await world.person(ctxOf(org));
  const bob = await world.person(ctxOf(org, 'viewer', 'Bob'));
  for (const { say } of [ann, bob]) await say({ v: 1, type: 'join', incident, after: 0 });
  world.gateway.resetHistory();
  const chat = (text: string, id = `of-its-own-${nextId++}`) =>
    ann.say({ v: 1, type: 'chat', incident, id, text });
  return { org, incident, ann, bob, chat };
}

const types = async (org: OrganisationId, inc: IncidentId) =>
  (await logOf(org, inc)).slice(3).map(({ type, data }) => ('text' in data ? data.text : type));

describe('a message of the chat', () => {
  it('[WR5] is recorded, answered with its number and the last one, and pushed to the others at once', async () => {
    const { chat, bob, incident } = await room();
    expect(await chat('Rolling back')).toMatchObject({
      ...{ type: 'accepted', seq: 4, last: 4 },
      facts: [{ seq: 4, type: 'room.said', data: { text: 'Rolling back' }, actor: { name: 'Ann' } }],
    });
    expect(bob.frames()).toMatchObject([{ type: 'facts', incident, last: 4, facts: [{ seq: 4 }] }]);
  });

  it('[WR6] [F73] is recorded once however often it is sent, and pushed again', async () => {
    const { org, incident, chat, bob } = await room();
    const answers = await Promise.all(Array.from({ length: 3 }, () => chat('Once', 'message-1')));
    answers.push(await chat('Once', 'message-1'));
    expect(new Set(answers.map((answer) => answer?.type === 'accepted' && answer.seq)).size).toBe(1);
    expect(await types(org, incident)).toContain('Once');
    expect((await types(org, incident)).filter((text) => text === 'Once')).toHaveLength(1);
    expect(bob.frames().length).toBeGreaterThanOrEqual(2);
  });

  it('is told by the stream when the room is over its budget', async () => {
    const { org, incident, chat, bob } = await room();
    for (let i = 0; i < 100; i++) {
      await putConnection(`crowd-${i}`, ctxOf(org));
      await joinRoom({ org, incident }, `crowd-${i}`, ctxOf(org).actor);
    }
    expect(await chat('To 102 people')).toMatchObject({ type: 'accepted', seq: 4 });
    expect(bob.frames()).toEqual([]);
    const told = (await logOf(org, incident)).at(-1);
    if (told) await world.broadcast(told);
    expect(bob.frames()).toMatchObject([{ facts: [{ data: { text: 'To 102 people' } }] }]);
  });

  it('[WR15] of a viewer is refused, and so is everything of who was removed: that connection is closed', async () => {
    const { org, incident, ann, bob } = await room();
    const said = { v: 1, type: 'chat', incident, id: 'message-1', text: 'Hello' };
    expect(await bob.say(said)).toMatchObject({ type: 'error', code: 'forbidden', rule: 'WR15' });
    const [member] = (await listMembers(org)).filter(({ name }) => name === 'Ann');
    if (member) await removeMember(org, member, undefined);
    expect(await ann.say(said)).toMatchObject({ type: 'error', code: 'forbidden', rule: 'WR15' });
    expect(await ann.say({ v: 1, type: 'ping' })).toMatchObject({ type: 'error', rule: 'WR15' });
    const closed = world.gateway.commandCalls(DeleteConnectionCommand);
    expect(closed.map(({ args: [{ input }] }) => input.ConnectionId)).toEqual([ann.id, ann.id]);
    expect(await types(org, incident)).toEqual([]);
  });

  it('[WR16] [F56] for a room of another organisation is answered as if there were none', async () => {
    const { incident } = await room();
    const eve = await world.person(ctxOf(newOrg(), 'administrator'));
    const warn = vi.spyOn(log, 'warn').mockReturnValue(undefined);
    for (const message of [
      { type: 'chat', id: 'message-1', text: 'x' },
      { type: 'action.add', id: 'message-2', text: 'x' },
      { type: 'pin', id: 'message-3', seq: 1 },
      { type: 'role', id: 'message-4', role: 'scribe', person: null },
      { type: 'join' },
    ])
      expect(await eve.say({ v: 1, incident, ...message })).toMatchObject({ code: 'not_found' });
    const none = await eve.say({ v: 1, type: 'ping', incident: newId('incident') });
    expect(await eve.say({ v: 1, type: 'ping', incident })).toEqual({ ...none, incident });
    expect(await eve.say({ v: 1, type: 'typing', incident })).toMatchObject({ type: 'error', rule: 'WR12' });
    expect(warn.mock.calls.filter(([text]) => text === 'kept out')).toHaveLength(5);
    warn.mockRestore();
  });

  it('[WR17] [F70] beyond a hundred in ten seconds is refused to its sender, and goes on after them', async () => {
    const { org, incident, chat } = await room();
    const answers = [];
    for (let i = 0; i < limits.messagesIn10s + 5; i++) answers.push(await chat(`${i}`, `message-${i}`));
    const refused = answers.filter((answer) => answer?.type === 'error');
    // The join before was counted too.
    expect(refused).toHaveLength(6);
    expect(refused[0]).toMatchObject({ code: 'limit', rule: 'WR17' });
    world.world.setClock(clock.now() + 11 * SECOND);
    expect(await chat('later')).toMatchObject({ type: 'accepted' });
    expect((await types(org, incident)).length).toBe(limits.messagesIn10s);
  });
});

describe('work in a room', () => {
  it('[WR9] an action is added, assigned to a member and finished, by whoever may write', async () => {
    const { incident, ann } = await room();
    const say = (message: object) => ann.say({ v: 1, incident, ...message });
    const added = await say({ type: 'action.add', id: 'action-01', text: 'Page the DBA', due: '2026-12-01' });
    if (added?.type !== 'accepted') throw new Error('Not accepted');
    const { action } = added.facts[0]?.data ?? {};
    expect(action).toMatch(/^act_/);
    expect(await say({ type: 'action.change', id: 'action-02', action, assignee: 'per_bob' })).toMatchObject({
      facts: [{ data: { action, assignee: { id: 'per_bob', name: 'Bob' } } }],
    });
    expect(await say({ type: 'action.change', id: 'action-03', action, done: true })).toMatchObject({
      facts: [{ data: { action, done: true } }],
    });
    // There is nothing to do, so nothing is recorded.
    expect(await say({ type: 'action.change', id: 'action-04', action, done: true })).toMatchObject({
      ...{ type: 'accepted', facts: [], last: 6 },
    });
    expect(
      await say({ type: 'action.change', id: 'action-05', action, assignee: 'per_nobody' }),
    ).toMatchObject({ type: 'error', code: 'not_found', rule: 'WR9' });
    const other = idOf('action', 0, 'other');
    expect(await say({ type: 'action.change', id: 'action-06', action: other, done: true })).toMatchObject({
      code: 'not_found',
    });
  });

  it('[WR10] pins a note from the tool of a source by its author', async () => {
    const { org, incident, ann } = await room();
    const now = clock.now();
    const data = { text: 'The replica is full', by: 'Mira Holt' };
    const actor = { kind: 'machine', id: 'int_1', name: 'PagerDuty' } as const;
    const noted = { type: 'incident.noted', occurredAt: now, data } as const;
    const outcome = await recordRoom(org, incident, noted, { actor, now });
    const seq = 'recorded' in outcome ? outcome.recorded.seq : 0;
    expect(await ann.say({ v: 1, incident, type: 'pin', id: 'pinning-4', seq })).toMatchObject({
      facts: [{ type: 'room.pinned', data: { seq, ...data } }],
    });
  });

  it('[WR10] pins what is in the log, and [WR11] gives roles to members', async () => {
    const { incident, ann, chat } = await room();
    await chat('The cause is the deploy');
    const say = (message: object) => ann.say({ v: 1, incident, ...message });
    expect(await say({ type: 'pin', id: 'pinning-1', seq: 4 })).toMatchObject({
      facts: [{ type: 'room.pinned', data: { seq: 4, text: 'The cause is the deploy', by: 'Ann' } }],
    });
    expect(await say({ type: 'pin', id: 'pinning-2', seq: 99 })).toMatchObject({ rule: 'WR10' });
    expect(await say({ type: 'pin', id: 'pinning-3', seq: 4, up: false })).toMatchObject({
      facts: [{ type: 'room.unpinned' }],
    });
    const role = { type: 'role', role: 'commander' };
    expect(await say({ ...role, id: 'giving-01', person: 'per_bob' })).toMatchObject({
      facts: [{ data: { role: 'commander', person: { name: 'Bob' } } }],
    });
    expect(await say({ ...role, id: 'giving-02', person: 'per_x' })).toMatchObject({ rule: 'WR11' });
  });

  it('by many at once loses nothing: each change is decided on what it changes', async () => {
    const { org, incident, ann } = await room();
    const added = await ann.say({ v: 1, incident, type: 'action.add', id: 'action-01', text: 'Do' });
    const action = added?.type === 'accepted' ? added.facts[0]?.data.action : undefined;
    const changes = [{ done: true }, { due: '2026-12-01' }, { text: 'Do it' }, { assignee: 'per_bob' }];
    await Promise.all(
      changes.map((change, i) =>
        ann.say({ v: 1, incident, type: 'action.change', id: `change-0${i}`, action, ...change }),
      ),
    );
    const { loadRoom } = await import('../../../functions/aws/room-parts.ts');
    expect([...(await loadRoom({ org, incident })).values()]).toMatchObject([
      { text: 'Do it', done: true, due: '2026-12-01', assignee: { name: 'Bob' } },
    ]);
  });
});

describe('who is there', () => {
  it('[WR12] is told to the others: typing, looking elsewhere, coming and going', async () => {
    const { incident, ann, bob } = await room();
    await bob.say({ v: 1, type: 'typing', incident });
    expect(ann.frames().at(-1)).toMatchObject({ type: 'typing', person: { name: 'Bob' } });
    await bob.say({ v: 1, type: 'presence', incident, away: true });
    expect(ann.frames().at(-1)).toMatchObject({ type: 'presence', here: true, person: { away: true } });
    await bob.leave();
    expect(ann.frames().at(-1)).toMatchObject({ type: 'presence', here: false, person: { name: 'Bob' } });
    expect(bob.frames()).toEqual([]);
  });

  it('becomes a fact: at once when somebody joins, a minute later when they have left', async () => {
    const { org, incident, bob } = await room();
    await bob.leave();
    expect(world.world.sent).toMatchObject([{ queue: 'Room', body: { kind: 'away' }, delaySeconds: 60 }]);
    const { body } = world.world.sent[0] ?? {};
    const tidy = world.world.as('Tidy', world.tidy);
    await tidy(queueEvent('Room', [body]));
    expect(await types(org, incident)).toEqual([]);
    const at = clock.now();
    world.world.setClock(at + MINUTE);
    await tidy(queueEvent('Room', [body, body]));
    const [left, ...others] = (await logOf(org, incident)).slice(3).filter(({ type }) => type !== 'void');
    expect(left).toMatchObject({ type: 'room.left', occurredAt: at, data: { person: { name: 'Bob' } } });
    expect(others).toEqual([]);
  });

  it('tells once what came out on the status page about the incident', async () => {
    const { org, incident } = await room();
    const data = {
      what: 'published',
      title: 'Slow',
      state: 'identified',
      text: 'We found it.',
      internal: false,
    };
    const fact = { type: 'status.told', occurredAt: clock.now(), data };
    const actor = ctxOf(org, 'manager', 'Bob').actor;
    const body = { kind: 'told', org, incident, actor, cause: { id: 'fct_page', depth: 2 }, fact };
    const tidy = world.world.as('Tidy', world.tidy);
    await tidy(queueEvent('Room', [body, { ...body, kind: 'unheard of' }]));
    await tidy(queueEvent('Room', [body]));
    const told = (await logOf(org, incident)).filter(({ type }) => type === 'status.told');
    expect(told).toMatchObject([{ data, actor, cause: { id: 'fct_page' } }]);
  });

  it('is nobody who left the page by one of two windows', async () => {
    const { org, incident, bob } = await room();
    const second = await world.person(ctxOf(org, 'viewer', 'Bob'));
    await second.say({ v: 1, type: 'join', incident });
    await bob.leave();
    expect(world.world.sent).toEqual([]);
    expect(await connectionIds(org, incident)).toHaveLength(2);
    expect(await types(org, incident)).toEqual([]);
  });

  it('[F71] loses a slow or refused connection only when it is gone', async () => {
    const { org, incident, chat } = await room();
    world.gateway.on(PostToConnectionCommand).rejects(new Error('socket hang up'));
    const fault = vi.spyOn(log, 'error').mockReturnValue(undefined);
    await chat('Anybody?');
    expect(await connectionIds(org, incident)).toHaveLength(2);
    fault.mockRestore();
  });
});
