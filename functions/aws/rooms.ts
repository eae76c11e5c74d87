import type { Actor, IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../shared/table/index.ts';
import { limits, type Present, personOf } from '../../shared/war-room/index.ts';
import { allDone } from './all-done.ts';
import { clock } from './clock.ts';
import { expiry } from './connections.ts';
import { table } from './table.ts';

/** Somebody's connection that looks at a room. */
export interface RoomRow {
  readonly connectionId: string;
  readonly actor: Actor;
  readonly away?: boolean;
  /** That it shows the room's document. */
  readonly reads?: boolean;
  readonly expiresAt: Instant;
}

/** The room of one incident. */
export interface Room {
  readonly org: OrganisationId;
  readonly incident: IncidentId;
}

/**
 * Lets a connection see a room: from now on what happens there is sent to it. False when the connection is not there any more
 * or looks at as many rooms as it may.
 */
export async function joinRoom(room: Room, connectionId: string, actor: Actor): Promise<boolean> {
  const { incident } = room;
  // The store deletes late what has run out, so the time is compared.
  const here = { expiresAt: { atLeast: clock.now() } };
  const noted = await table.update(schema.connectionDoor.key({ connectionId }), {
    add: { rooms: new Set([incident]) },
    if: [
      { ...here, rooms: { exists: false } },
      { ...here, rooms: { has: incident } },
      { ...here, rooms: { fewerThan: limits.rooms } },
    ],
  });
  if (noted === undefined) return false;
  await allDone([
    // Who joins again to ask for facts stays away, or at the document, as before.
    table.update(roomKey(room, connectionId), { set: { connectionId, actor, ...expiry() } }),
    table.put({ ...occupiedKey(room), ...expiry() }),
  ]);
  return true;
}

/** Notes that somebody looks elsewhere, or back; false when this connection is not in the room. */
export async function markAway(room: Room, connectionId: string, away: boolean): Promise<boolean> {
  const change = { set: { away }, if: { pk: { exists: true } } } as const;
  return (await table.update(roomKey(room, connectionId), change)) !== undefined;
}

/** Notes that a connection shows the room's document, or does no more; false when it is not in the room. */
export async function markReading(room: Room, connectionId: string, reads: boolean): Promise<boolean> {
  const change = { set: { reads }, if: { pk: { exists: true } } } as const;
  return (await table.update(roomKey(room, connectionId), change)) !== undefined;
}

/** Takes a connection out of a room; undefined when it was not there. */
export async function leaveRoom(room: Room, connectionId: string): Promise<RoomRow | undefined> {
  return table.remove<RoomRow>(roomKey(room, connectionId));
}

/** Those of these rooms that somebody joined lately: in a storm of incidents nearly all are empty, and one read tells. */
export async function occupiedRooms<Any extends Room>(rooms: readonly Any[]): Promise<readonly Any[]> {
  const rows = await table.load<{ expiresAt: Instant }>(rooms.map(occupiedKey));
  const now = clock.now();
  return rooms.filter((_, i) => (rows[i]?.expiresAt ?? 0) > now);
}

/** The connections that look at a room now. */
export async function connectionsIn({ org, incident }: Room): Promise<readonly RoomRow[]> {
  const pages = await allDone(
    Array.from({ length: shards.room }, (_, shard) =>
      table.query<RoomRow>({ partition: schema.roomConnection.partition({ org, inc: incident, shard }) }),
    ),
  );
  const now = clock.now();
  return pages.flatMap(({ items }) => items.filter(({ expiresAt }) => expiresAt > now));
}

/** The people behind connections, each once; away is who is away on all. */
export function peopleIn(rows: readonly RoomRow[]): readonly Present[] {
  const people = new Map<string, Present>();
  for (const { actor, away } of rows) {
    const known = people.get(actor.id);
    if (known === undefined) people.set(actor.id, presentOf(actor, away));
    else if (known.away && !away) people.set(actor.id, { id: known.id, name: known.name });
  }
  return [...people.values()];
}

/** Somebody as a room calls them. */
export const presentOf = (actor: Actor, away = false): Present => ({
  ...personOf(actor),
  ...(away && { away }),
});

const occupiedKey = ({ org, incident }: Room) => schema.occupiedRoom.key({ org, inc: incident });

const roomKey = ({ org, incident: inc }: Room, connectionId: string) =>
  schema.roomConnection.key({ org, inc, connectionId, shard: shardOf(connectionId, shards.room) });
