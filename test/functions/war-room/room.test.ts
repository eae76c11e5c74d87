import {
  ApiGatewayManagementApiClient,
  GoneException,
  LimitExceededException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { APIGatewayRequestAuthorizerEvent, DynamoDBStreamEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { client } from '../../../functions/aws/dynamodb/client.ts';
import { declare } from '../../../functions/aws/incident-log.ts';
import { recordRoom } from '../../../functions/aws/room-log.ts';
import { connectionsIn } from '../../../functions/aws/rooms.ts';
import { putTicket } from '../../../functions/aws/tickets.ts';
import { log } from '../../../functions/edge/log.ts';
import type { LoggedFact } from '../../../shared/incidents/index.ts';
import {
  type Ctx,
  HOUR,
  type IncidentId,
  idOf,
  type OrganisationId,
  type Role,
} from '../../../shared/kernel/index.ts';
import type { ServerMessage } from '../../../shared/war-room/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';

const gateway = mockClient(ApiGatewayManagementApiClient);
let engine: { stop(): Promise<void> };
let ticket: typeof import('../../../functions/war-room/ticket.authorizer.ts').handler;
let connect: typeof import('../../../functions/war-room/connect.socket.ts').handler;
let disconnect: typeof import('../../../functions/war-room/disconnect.socket.ts').handler;
let message: typeof import('../../../functions/war-room/message.socket.ts').handler;
let broadcast: typeof import('../../../functions/war-room/broadcast.stream.ts').handler;

beforeAll(async () => {
  engine = await startDynamoDb();
  process.env.SOCKET_ENDPOINT = 'https://socket.example/live';
  ({ handler: ticket } = await import('../../../functions/war-room/ticket.authorizer.ts'));
  ({ handler: connect } = await import('../../../functions/war-room/connect.socket.ts'));
  ({ handler: disconnect } = await import('../../../functions/war-room/disconnect.socket.ts'));
  ({ handler: message } = await import('../../../functions/war-room/message.socket.ts'));
  ({ handler: broadcast } = await import('../../../functions/war-room/broadcast.stream.ts'));
});
afterAll(() => engine.stop());
beforeEach(() => {
  gateway.reset();
  gateway.on(PostToConnectionCommand).resolves({});
});

let next = 0;
const ctxOf = (org: OrganisationId, role: Role = 'responder'): Ctx => ({
  org,
  role,
  actor: { kind: 'person', id: 'per_ann', name: 'Ann' },
});
const newOrg = (): OrganisationId => idOf('organisation', 0, `room ${next++}`);

async function openIncident(org: OrganisationId): Promise<IncidentId> {
  const data = { title: 'Checkout fails', severity: 'P1_CRITICAL' } as const;
  const now = clock.now();
  const { incident } = await declare(org, data, {
    actor: ctxOf(org).actor,
    now,
    at: now,
    seed: String(next++),
  });
  return incident.id;
}

async function note(org: OrganisationId, inc: IncidentId, text: string): Promise<LoggedFact | undefined> {
  const fact = { type: 'incident.noted', occurredAt: 1, data: { text } } as const;
  const outcome = await recordRoom(org, inc, fact, { actor: ctxOf(org).actor, now: clock.now() });
  return 'recorded' in outcome ? outcome.recorded : undefined;
}

const connectWith = (text: string) =>
  ticket({
    methodArn: 'arn:aws:execute-api:eu-central-1:123456789012:api/live/$connect',
    headers: {},
    queryStringParameters: { ticket: text },
  } as unknown as APIGatewayRequestAuthorizerEvent);

const event = (connectionId: string, authorizer: unknown, body?: unknown) =>
  ({
    requestContext: { connectionId, requestId: 'r', routeKey: '$default', authorizer },
    isBase64Encoded: false,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }) as unknown as Parameters<typeof connect>[0];

/** A person with an open socket: its name, and how to say something on it. */
async function person(ctx: Ctx) {
  const { ticket: text } = await putTicket(ctx);
  const { context } = await connectWith(text);
  const id = `connection-${next++}`;
  await connect(event(id, context));
  return {
    id,
    say: async (said: unknown) => {
      await message(event(id, context, said));
      return framesTo(id).at(-1);
    },
    leave: () => disconnect(event(id, context)),
  };
}

function framesTo(id: string): ServerMessage[] {
  return gateway
    .commandCalls(PostToConnectionCommand)
    .map(({ args: [{ input }] }) => input)
    .filter(({ ConnectionId }) => ConnectionId === id)
    .map(({ Data }) => JSON.parse(Buffer.from(Data as Uint8Array).toString()));
}

const record = (fact: LoggedFact): DynamoDBStreamEvent['Records'][number] => ({
  dynamodb: {
    NewImage: {
      kind: { S: 'fact' },
      org: { S: fact.org },
      incidentId: { S: fact.incidentId },
      id: { S: fact.id },
      seq: { N: String(fact.seq) },
      type: { S: fact.type },
      occurredAt: { N: String(fact.occurredAt) },
      recordedAt: { N: String(fact.recordedAt) },
      actor: { M: { kind: { S: 'person' }, id: { S: 'per_ann' }, name: { S: 'Ann' } } },
      data: { M: { text: { S: 'text' in fact.data ? fact.data.text : '' } } },
    },
  },
});

describe('a room', () => {
  it('gives who joins what happened before, and after that what happens', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    await note(org, inc, 'first');
    const ann = await person(ctxOf(org));
    const joined = await ann.say({ v: 1, type: 'join', incident: inc });
    expect(joined).toMatchObject({ type: 'joined', incident: inc, last: 2 });
    const fact = await note(org, inc, 'second');
    if (fact) await broadcast({ Records: [record(fact)] });
    expect(framesTo(ann.id).at(-1)).toMatchObject({
      type: 'facts',
      last: 3,
      facts: [{ seq: 3, data: { text: 'second' } }],
    });
  });

  it('catches up from where the client is', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    for (const text of ['a', 'b', 'c']) await note(org, inc, text);
    const ann = await person(ctxOf(org));
    expect(await ann.say({ v: 1, type: 'join', incident: inc, after: 3 })).toMatchObject({
      facts: [{ seq: 4 }],
      last: 4,
    });
    expect(await ann.say({ v: 1, type: 'join', incident: inc, after: 4 })).toMatchObject({
      facts: [],
      last: 4,
    });
  });

  it('gives a long log in frames that join without a gap', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    for (let i = 0; i < 20; i++) await note(org, inc, `${i} `.repeat(900));
    const ann = await person(ctxOf(org));
    const seen: number[] = [];
    for (let asked = 0; asked < 10; asked++) {
      const frame = await ann.say({ v: 1, type: 'join', incident: inc, after: seen.at(-1) ?? 0 });
      if (frame?.type !== 'joined') throw new Error('Not joined');
      seen.push(...frame.facts.map(({ seq }) => seq));
      if (seen.at(-1) === frame.last) break;
    }
    expect(seen).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
  });

  it('sends one frame for many facts, and to nobody outside', async () => {
    const org = newOrg();
    const [inc, other] = [await openIncident(org), await openIncident(org)];
    const [ann, bob] = [await person(ctxOf(org)), await person(ctxOf(org))];
    await ann.say({ v: 1, type: 'join', incident: inc });
    await bob.say({ v: 1, type: 'join', incident: other });
    gateway.resetHistory();
    const facts = [await note(org, inc, 'a'), await note(org, inc, 'b')].flatMap((fact) => fact ?? []);
    await broadcast({ Records: facts.toReversed().map(record) });
    expect(framesTo(ann.id)).toMatchObject([{ facts: [{ seq: 2 }, { seq: 3 }] }]);
    expect(framesTo(bob.id)).toEqual([]);
  });

  it('[F56] of another organisation does not exist, and a record of who asked stays', async () => {
    const warn = vi.spyOn(log, 'warn').mockReturnValue(undefined);
    const [org, incident] = [newOrg(), await openIncident(newOrg())];
    const eve = await person(ctxOf(org));
    expect(await eve.say({ v: 1, type: 'join', incident })).toMatchObject({ code: 'not_found' });
    const who = { org, actor: 'per_ann', route: 'socket $default', status: 404, requestId: 'r' };
    expect(warn.mock.calls).toEqual([['kept out', who]]);
    warn.mockRestore();
  });

  it('is one of at most twenty that a connection looks at, and those it may join again', async () => {
    const org = newOrg();
    const rooms = await Promise.all(Array.from({ length: 21 }, () => openIncident(org)));
    const ann = await person(ctxOf(org));
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
    const ann = await person(ctxOf(org));
    await ann.leave();
    expect(await ann.say({ v: 1, type: 'join', incident: inc })).toMatchObject({ type: 'error' });
    expect(await connectionsIn(org, inc)).toEqual([]);
  });

  it('is not looked into while nobody has joined it: one read tells of all rooms of a batch', async () => {
    const org = newOrg();
    const rooms = await Promise.all([openIncident(org), openIncident(org), openIncident(org)]);
    const facts = await Promise.all(rooms.map((inc) => note(org, inc, 'x')));
    const ann = await person(ctxOf(org));
    const sent = vi.spyOn(client, 'send');
    await broadcast({ Records: facts.flatMap((fact) => (fact ? [record(fact)] : [])) });
    expect(sent.mock.calls.map(([command]) => command.constructor.name)).toEqual(['BatchGetCommand']);
    await ann.say({ v: 1, type: 'join', incident: rooms[1] });
    await broadcast({ Records: facts.flatMap((fact) => (fact ? [record(fact)] : [])) });
    expect(framesTo(ann.id).at(-1)).toMatchObject({ type: 'facts', incident: rooms[1] });
    sent.mockRestore();
  });

  it('forgets who left', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    const ann = await person(ctxOf(org));
    await ann.say({ v: 1, type: 'join', incident: inc });
    expect(await connectionsIn(org, inc)).toEqual([ann.id]);
    await ann.leave();
    expect(await connectionsIn(org, inc)).toEqual([]);
  });

  it('[F32] does not see a connection that is too old, although the store still has it', async () => {
    const org = newOrg();
    const inc = await openIncident(org);
    const ann = await person(ctxOf(org));
    await ann.say({ v: 1, type: 'join', incident: inc });
    const now = vi.spyOn(clock, 'now').mockReturnValue(clock.now() + 3 * HOUR);
    expect(await connectionsIn(org, inc)).toEqual([]);
    now.mockRestore();
  });

  it.each([
    ['gone', new GoneException({ message: 'gone', $metadata: {} }), 0],
    ['limited', new LimitExceededException({ message: 'slow', $metadata: {} }), 1],
  ])('takes a connection out when it is gone, and only then: %s', async (_, error, left) => {
    const org = newOrg();
    const inc = await openIncident(org);
    const ann = await person(ctxOf(org));
    await ann.say({ v: 1, type: 'join', incident: inc });
    gateway.on(PostToConnectionCommand).rejects(error);
    const fact = await note(org, inc, 'x');
    if (fact) expect(await broadcast({ Records: [record(fact)] })).toEqual({ batchItemFailures: [] });
    expect(await connectionsIn(org, inc)).toHaveLength(left);
  });
});

describe('a connection', () => {
  it('answers a ping', async () => {
    expect(await (await person(ctxOf(newOrg()))).say({ v: 1, type: 'ping' })).toEqual({ v: 1, type: 'pong' });
  });

  it.each(['', '{', '[]', '{"v":1,"type":"shout"}', 'null', '\u0000'])(
    'is told what is wrong with %j',
    async (frame) => {
      expect(await (await person(ctxOf(newOrg()))).say(frame)).toMatchObject({
        type: 'error',
        code: 'invalid',
      });
    },
  );

  it('without a ticket in its context is not noted', async () => {
    expect(await connect(event('connection-x', {}))).toEqual({ statusCode: 401 });
  });
});
