import {
  type Ctx,
  HOUR,
  type IncidentId,
  type Instant,
  MINUTE,
  type OrganisationId,
  SECOND,
} from '../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { clock } from './clock.ts';
import { table } from './table.ts';

/** API Gateway ends a connection after two hours; what is older is of no use. */
const LIFETIME = 2 * HOUR + 15 * MINUTE;

/** How many rooms one connection may look at: its item does not grow with use. */
const MOST_ROOMS = 20;

interface ConnectionRow extends Ctx {
  /** The incidents whose rooms were joined. */
  readonly rooms?: ReadonlySet<string>;
}

interface RoomRow {
  readonly connectionId: string;
  readonly expiresAt: Instant;
}

/** The room of one incident. */
export interface Room {
  readonly org: OrganisationId;
  readonly incident: IncidentId;
}

/** Notes whose a new connection is. */
export async function putConnection(connectionId: string, ctx: Ctx): Promise<void> {
  await table.put({ ...schema.connectionDoor.key({ connectionId }), ...ctx, ...expiry() });
}

/**
 * Lets a connection see a room: from now on what happens there is sent to it. False when the connection is not there any more
 * or looks at as many rooms as it may.
 */
export async function joinRoom(
  org: OrganisationId,
  incident: IncidentId,
  connectionId: string,
): Promise<boolean> {
  // The store deletes late what has run out, so the time is compared.
  const here = { expiresAt: { atLeast: clock.now() } };
  const noted = await table.update(schema.connectionDoor.key({ connectionId }), {
    add: { rooms: new Set([incident]) },
    if: [
      { ...here, rooms: { exists: false } },
      { ...here, rooms: { has: incident } },
      { ...here, rooms: { fewerThan: MOST_ROOMS } },
    ],
  });
  if (noted === undefined) return false;
  await allDone([
    table.put({ ...roomKey(org, incident, connectionId), connectionId, ...expiry() }),
    table.put({ ...occupiedKey({ org, incident }), ...expiry() }),
  ]);
  return true;
}

/** Forgets a connection and its places in rooms. */
export async function removeConnection(connectionId: string): Promise<void> {
  const row = await table.remove<ConnectionRow>(schema.connectionDoor.key({ connectionId }));
  if (row === undefined) return;
  const rooms = [...(row.rooms ?? [])] as IncidentId[];
  await allDone(rooms.map((incident) => leaveRoom(row.org, incident, connectionId)));
}

/** Takes a connection out of a room. */
export async function leaveRoom(
  org: OrganisationId,
  incident: IncidentId,
  connectionId: string,
): Promise<void> {
  await table.remove(roomKey(org, incident, connectionId));
}

/** Those of these rooms that somebody joined lately: in a storm of incidents nearly all are empty, and one read tells. */
export async function occupiedRooms<Any extends Room>(rooms: readonly Any[]): Promise<readonly Any[]> {
  const rows = await table.load<{ expiresAt: Instant }>(rooms.map(occupiedKey));
  const now = clock.now();
  return rooms.filter((_, i) => (rows[i]?.expiresAt ?? 0) > now);
}

/** The connections that look at a room now. */
export async function connectionsIn(org: OrganisationId, incident: IncidentId): Promise<readonly string[]> {
  const pages = await allDone(
    Array.from({ length: shards.room }, (_, shard) =>
      table.query<RoomRow>({ partition: schema.roomConnection.partition({ org, inc: incident, shard }) }),
    ),
  );
  const now = clock.now();
  return pages.flatMap(({ items }) =>
    items.filter(({ expiresAt }) => expiresAt > now).map(({ connectionId }) => connectionId),
  );
}

const occupiedKey = ({ org, incident }: Room) => schema.occupiedRoom.key({ org, inc: incident });

const roomKey = (org: OrganisationId, inc: IncidentId, connectionId: string) =>
  schema.roomConnection.key({ org, inc, connectionId, shard: shardOf(connectionId, shards.room) });

function expiry(): { readonly expiresAt: Instant; readonly ttl: number } {
  const expiresAt = clock.now() + LIFETIME;
  return { expiresAt, ttl: Math.ceil(expiresAt / SECOND) };
}
