import { SECOND } from '../../shared/kernel/index.ts';
import { AWAY, MOST_TOLD, PROTOCOL_VERSION, type ServerMessage } from '../../shared/war-room/index.ts';
import type { AwayMessage } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { sendTo } from '../aws/queue.ts';
import { recordDecided } from '../aws/room-log.ts';
import { connectionsIn, leaveRoom, presentOf, type Room, type RoomRow } from '../aws/rooms.ts';
import { setting } from '../aws/settings.ts';
import { packed, postTo } from '../aws/sockets.ts';
import { visitDecision } from '../aws/visits.ts';
import { logFault } from '../edge/errors.ts';

/** Sends one frame to these connections of a room. Who is not there any more has left; whatever else fails is not tried again. */
export async function pushTo(room: Room, rows: readonly RoomRow[], frame: ServerMessage): Promise<void> {
  const data = packed(frame);
  await allDone(
    rows.map(async ({ connectionId }) => {
      const posted = await postTo(connectionId, data);
      if (posted.outcome === 'gone') await depart(room, connectionId, rows.length);
      if (posted.outcome === 'failed') logFault(posted.error, 'socket frame');
    }),
  );
}

/** Tells the others who came, went or looks elsewhere; not in a large room, where this is dropped first. */
export async function tellPresence(
  room: Room,
  { connectionId, actor, away }: Pick<RoomRow, 'connectionId' | 'actor' | 'away'>,
  { here, rows }: { readonly here: boolean; readonly rows: readonly RoomRow[] },
): Promise<void> {
  if (rows.length > MOST_TOLD) return;
  const others = rows.filter((row) => row.connectionId !== connectionId);
  const person = presentOf(actor, away);
  const { incident } = room;
  await pushTo(room, others, { v: PROTOCOL_VERSION, type: 'presence', incident, person, here });
}

/**
 * Takes a connection out of a room of so many. Whether its person has left is looked at in a minute: pages are reloaded. How many
 * there were counts, not how many are left: where hundreds are cut off at once, each would tell those who are about to go.
 */
export async function depart(room: Room, connectionId: string, of?: number): Promise<void> {
  const before = of ?? (await connectionsIn(room)).length;
  const row = await leaveRoom(room, connectionId);
  if (row === undefined) return;
  const { actor } = row;
  const rows = await connectionsIn(room);
  if (rows.some((other) => other.actor.id === actor.id)) return;
  const now = clock.now();
  const decide = () => visitDecision(room, 'went', { actor, now });
  await recordDecided(room.org, room.incident, decide, { actor, now });
  const body: AwayMessage = { kind: 'away', ...room, actor: actor.id };
  await sendTo(setting('roomQueue')).send([{ body, group: room.org, delaySeconds: AWAY / SECOND }]);
  if (before <= MOST_TOLD) await tellPresence(room, row, { here: false, rows });
}
