import {
  GoneException,
  LimitExceededException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { client } from '../../../functions/aws/dynamodb/client.ts';
import { peopleIn, type RoomRow } from '../../../functions/aws/rooms.ts';
import { log } from '../../../functions/edge/log.ts';
import { HOUR } from '../../../shared/kernel/index.ts';
import {
  connectionIds,
  ctxOf,
  newOrg,
  note,
  openIncident,
  type RoomWorld,
  startRoomWorld,
} from '../../support/room-world.ts';

let world: RoomWorld;
beforeAll(async () => {
  world = await startRoomWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.reset());

describe('a room', () => {
  it('gives who joins what happened before, and after that what happens', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    await note(org, inc, 'first');
    const ann = await world.person(ctxOf(org));
    const joined = await ann.say({ v: 1, type: 'join', incident: inc });
    expect(joined).toMatchObject({ type: 'joined', incident: inc, last: 3 });
    const fact = await note(org, inc, 'second');
    await world.broadcast(fact);
    expect(world.framesTo(ann.id).at(-1)).toMatchObject({
      type: 'facts',
      last: 4,
      facts: [{ seq: 4, data: { text: 'second' } }],
    });
  });

  it('catches up from where the client is', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    for (const text of ['a', 'b', 'c']) await note(org, inc, text);
    const ann = await world.person(ctxOf(org));
    expect(await ann.say({ v: 1, type: 'join', incident: inc, after: 3 })).toMatchObject({
      facts: [{ seq: 4 }, { seq: 5, type: 'room.joined' }],
      last: 5,
    });
    expect(await ann.say({ v: 1, type: 'join', incident: inc, after: 5 })).toMatchObject({
      facts: [],
      last: 5,
    });
  });

  it('gives a long log in frames that join without a gap', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    for (let i = 0; i < 20; i++) await note(org, inc, `${i} `.repeat(900));
    const ann = await world.person(ctxOf(org));
    const seen: number[] = [];
    for (let asked = 0; asked < 10; asked++) {
      const frame = await ann.say({ v: 1, type: 'join', incident: inc, after: seen.at(-1) ?? 0 });
      if (frame?.type !== 'joined') throw new Error('Not joined');
      seen.push(...frame.facts.map(({ seq }) => seq));
      if (seen.at(-1) === frame.last) break;
    }
    expect(seen).toEqual(Array.from({ length: 22 }, (_, i) => i + 1));
  });

  it('sends one frame for many facts, and to nobody outside', async () => {
    const org = newOrg();
    const [inc, other] = [await openIncident(org), await openIncident(org)];
    const [ann, bob] = [await world.person(ctxOf(org)), await world.person(ctxOf(org))];
    await ann.say({ v: 1, type: 'join', incident: inc });
    await bob.say({ v: 1, type: 'join', incident: other });
    world.gateway.resetHistory();
    const facts = [await note(org, inc, 'a'), await note(org, inc, 'b')].flatMap((fact) => fact ?? []);
    await world.broadcast(...facts.toReversed());
    expect(world.framesTo(ann.id)).toMatchObject([{ facts: [{ seq: 3 }, { seq: 4 }] }]);
    expect(world.framesTo(bob.id)).toEqual([]);
  });

  it('[F56] of another organisation does not exist, and a record of who asked stays', async () => {
    const warn = vi.spyOn(log, 'warn').mockReturnValue(undefined);
    const [org, incident] = [newOrg(), await openIncident(newOrg())];
    const eve = await world.person(ctxOf(org));
    expect(await eve.say({ v: 1, type: 'join', incident })).toMatchObject({ code: 'not_found' });
    const who = { org, actor: 'per_ann', route: 'socket join', status: 404, requestId: 'r' };
    expect(warn.mock.calls).toEqual([['kept out', who]]);
    warn.mockRestore();
  });

  it('has each person once, in the order of coming, and away only who is away on all connections', () => {
    const row = (name: string, away?: boolean): RoomRow => ({
      ...{ connectionId: `${name} ${away}`, expiresAt: 0, ...(away !== undefined && { away }) },
      actor: { kind: 'person', id: `per_${name}`, name },
    });
    const rows = [row('Ben', true), row('Ann', true), row('Ben', false), row('Ann', true), row('Cem')];
    expect(peopleIn([...rows, row('Cem', true)])).toEqual([
      { id: 'per_Ben', name: 'Ben' },
      { id: 'per_Ann', name: 'Ann', away: true },
      { id: 'per_Cem', name: 'Cem' },
    ]);
  });

  it('is one of at most twenty that a connection looks at, and those it may join again', async () => {
    const org = newOrg();
    const rooms = await Promise.all(Array.from({ length: 21 }, () => openIncident(org)));
    const ann = await world.person(ctxOf(org));
    for (const incident of rooms.slice(0, 20)) {
      expect(await ann.say({ v: 1, type: 'join', incident })).toMatchObject({ type: 'joined' });
    }
    expect(await ann.say({ v: 1, type: 'join', incident: rooms[20] })).toMatchObject({ code: 'limit' });
    expect(await ann.say({ v: 1, type: 'join', incident: rooms[0], after: 1 })).toMatchObject({
      type: 'joined',
    });
  });

  it('takes nobody whose connection is gone', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    const ann = await world.person(ctxOf(org));
    await ann.leave();
    expect(await ann.say({ v: 1, type: 'join', incident: inc })).toMatchObject({ type: 'error' });
    expect(await connectionIds(org, inc)).toEqual([]);
  });

  it('is not looked into while nobody has joined it: one read tells of all rooms of a batch', async () => {
    const org = newOrg();
    const rooms = await Promise.all([openIncident(org), openIncident(org), openIncident(org)]);
    const facts = await Promise.all(rooms.map((inc) => note(org, inc, 'x')));
    const ann = await world.person(ctxOf(org));
    const sent = vi.spyOn(client, 'send');
    await world.broadcast(...facts);
    expect(sent.mock.calls.map(([command]) => command.constructor.name)).toEqual(['BatchGetCommand']);
    await ann.say({ v: 1, type: 'join', incident: rooms[1] });
    await world.broadcast(...facts);
    expect(world.framesTo(ann.id).at(-1)).toMatchObject({ type: 'facts', incident: rooms[1] });
    sent.mockRestore();
  });

  it('forgets who left', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    const ann = await world.person(ctxOf(org));
    await ann.say({ v: 1, type: 'join', incident: inc });
    expect(await connectionIds(org, inc)).toEqual([ann.id]);
    await ann.leave();
    expect(await connectionIds(org, inc)).toEqual([]);
  });

  it('[F32] does not see a connection that is too old, although the store still has it', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    const ann = await world.person(ctxOf(org));
    await ann.say({ v: 1, type: 'join', incident: inc });
    const now = vi.spyOn(clock, 'now').mockReturnValue(clock.now() + 3 * HOUR);
    expect(await connectionIds(org, inc)).toEqual([]);
    now.mockRestore();
  });

  it.each([
    ['gone', new GoneException({ message: 'gone', $metadata: {} }), 0],
    ['limited', new LimitExceededException({ message: 'slow', $metadata: {} }), 1],
  ])('takes a connection out when it is gone, and only then: %s', async (_, error, left) => {
    const org = newOrg();
    const inc = await openIncident(org);
    const ann = await world.person(ctxOf(org));
    await ann.say({ v: 1, type: 'join', incident: inc });
    world.gateway.on(PostToConnectionCommand).rejects(error);
    const fact = await note(org, inc, 'x');
    expect(await world.broadcast(fact)).toEqual({ batchItemFailures: [] });
    expect(await connectionIds(org, inc)).toHaveLength(left);
  });
});

describe('a connection', () => {
  it('answers a ping', async () => {
    expect(await (await world.person(ctxOf(newOrg()))).say({ v: 1, type: 'ping' })).toEqual({
      v: 1,
      type: 'pong',
    });
  });

  it.each(['', '{', '[]', '{"v":1,"type":"shout"}', 'null', '\u0000'])(
    'is told what is wrong with %j',
    async (frame) => {
      expect(await (await world.person(ctxOf(newOrg()))).say(frame)).toMatchObject({
        type: 'error',
        code: 'invalid',
      });
    },
  );

  it('without a ticket in its context is not noted', async () => {
    expect(await world.connect(world.event('connection-x', {}))).toEqual({ statusCode: 401 });
  });
});
