import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { APIGatewayRequestAuthorizerEvent, DynamoDBStreamEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { clock } from '../../functions/aws/clock.ts';
import { declare, readFacts } from '../../functions/aws/incident-log.ts';
import { factRow } from '../../functions/aws/incident-rows.ts';
import { putMember } from '../../functions/aws/organisations.ts';
import { recordRoom } from '../../functions/aws/room-log.ts';
import { connectionsIn } from '../../functions/aws/rooms.ts';
import { putTicket } from '../../functions/aws/tickets.ts';
import type { LoggedFact } from '../../shared/incidents/index.ts';
import {
  type Ctx,
  digest,
  type IncidentId,
  idOf,
  type OrganisationId,
  type PersonId,
  type Role,
} from '../../shared/kernel/index.ts';
import type { ServerMessage } from '../../shared/war-room/index.ts';
import { imageOf } from '../simulation/engine/stream-image.ts';
import { startWorld } from './function-world.ts';

/** The functions of the war room over a real table; what they push is remembered. */
export async function startRoomWorld() {
  const world = await startWorld();
  const gateway = mockClient(ApiGatewayManagementApiClient);
  const reset = () => {
    gateway.reset();
    gateway.on(PostToConnectionCommand).resolves({});
    gateway.on(DeleteConnectionCommand).resolves({});
  };
  reset();
  const { handler: ticket } = await import('../../functions/war-room/ticket.authorizer.ts');
  const { handler: connect } = await import('../../functions/war-room/connect.socket.ts');
  const { handler: disconnect } = await import('../../functions/war-room/disconnect.socket.ts');
  const { handler: message } = await import('../../functions/war-room/message.socket.ts');
  const { handler: broadcast } = await import('../../functions/war-room/broadcast.stream.ts');
  const { handler: tidy } = await import('../../functions/war-room/tidy.queue.ts');

  const framesTo = (id: string): ServerMessage[] =>
    gateway
      .commandCalls(PostToConnectionCommand)
      .map(({ args: [{ input }] }) => input)
      .filter(({ ConnectionId }) => ConnectionId === id)
      .map(({ Data }) => JSON.parse(Buffer.from(Data as Uint8Array).toString()));

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

  /** A member of the organisation with an open socket: its name, and how to say something on it. */
  async function person(ctx: Ctx) {
    await enrol(ctx);
    const { context } = await connectWith((await putTicket(ctx)).ticket);
    const id = `connection-${next++}`;
    await connect(event(id, context));
    return {
      id,
      frames: () => framesTo(id),
      say: async (said: unknown) => {
        const before = framesTo(id).length;
        await message(event(id, context, said));
        return framesTo(id).slice(before).at(-1);
      },
      leave: () => disconnect(event(id, context)),
    };
  }

  return {
    ...{ world, gateway, reset, framesTo, connect, connectWith, event, person, tidy },
    /** Tells the stream's reader of these facts. */
    broadcast: (...facts: readonly LoggedFact[]) => broadcast({ Records: facts.map(recordOf) }),
    async stop() {
      gateway.restore();
      await world.stop();
    },
  };
}

export type RoomWorld = Awaited<ReturnType<typeof startRoomWorld>>;

let next = 0;

/** An organisation of its own. */
export const newOrg = (): OrganisationId => idOf('organisation', 0, `room ${next++}`);

/** Somebody of an organisation. */
export const ctxOf = (org: OrganisationId, role: Role = 'responder', name = 'Ann'): Ctx => ({
  org,
  role,
  actor: { kind: 'person', id: `per_${name.toLowerCase()}`, name },
});

/** Makes somebody a member; who is one already stays as they are. */
export async function enrol({ org, actor, role }: Ctx, email?: string): Promise<void> {
  const called = {
    ...{ person: actor.id as PersonId, name: 'name' in actor ? actor.name : '' },
    ...(email !== undefined && { email }),
  };
  await putMember(org, { ...called, role, door: digest(org, actor.id) });
}

/** An incident that somebody declared. */
export async function openIncident(org: OrganisationId): Promise<IncidentId> {
  const data = { title: 'Checkout fails', severity: 'P1_CRITICAL' } as const;
  const [now, { actor }] = [clock.now(), ctxOf(org)];
  return (await declare(org, data, { actor, now, at: now, seed: String(next++) })).incident.id;
}

/** A note in the log of an incident. */
export async function note(org: OrganisationId, inc: IncidentId, text: string): Promise<LoggedFact> {
  const fact = { type: 'incident.noted', occurredAt: 1, data: { text } } as const;
  const outcome = await recordRoom(org, inc, fact, { actor: ctxOf(org).actor, now: clock.now() });
  if ('recorded' in outcome) return outcome.recorded;
  throw new Error('A note without a client id was there before');
}

/** The whole log of an incident. */
export async function logOf(org: OrganisationId, inc: IncidentId): Promise<readonly LoggedFact[]> {
  return (await readFacts(org, inc, { limit: 1_000, now: clock.now() })).facts;
}

/** The connections in a room. */
export const connectionIds = async (org: OrganisationId, incident: IncidentId) =>
  (await connectionsIn({ org, incident })).map(({ connectionId }) => connectionId);

const recordOf = (fact: LoggedFact): DynamoDBStreamEvent['Records'][number] => ({
  dynamodb: { NewImage: imageOf(factRow(fact) as never) as never },
});
