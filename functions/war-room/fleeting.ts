import { authorise, type Ctx, Refusal } from '../../shared/kernel/index.ts';
import { type ClientMessage, MOST_TOLD, PROTOCOL_VERSION } from '../../shared/war-room/index.ts';
import { clock } from '../aws/clock.ts';
import { connectionsIn, markAway, presentOf, type Room } from '../aws/rooms.ts';
import { mayPass } from './pace.ts';
import { pushTo, tellPresence } from './push.ts';

type Fleeting = Extract<ClientMessage, { type: 'typing' | 'presence' }>;

/** Passes on what is not recorded: that somebody types, or looks elsewhere. Dropped where it would cost too much. */
export async function passOn(ctx: Ctx, connectionId: string, message: Fleeting): Promise<void> {
  authorise(ctx, 'room.join');
  if (!mayPass(connectionId, clock.now())) return;
  const room: Room = { org: ctx.org, incident: message.incident };
  const rows = await connectionsIn(room);
  const own = rows.find((row) => row.connectionId === connectionId);
  if (own === undefined) throw new Refusal('invalid', 'This connection is not in that room; join it first.');
  if (message.type === 'presence') {
    const { away } = message;
    if (await markAway(room, connectionId, away))
      await tellPresence(room, { ...own, away }, { here: true, rows });
    return;
  }
  if (rows.length > MOST_TOLD) return;
  const { incident } = message;
  const others = rows.filter(({ actor }) => actor.id !== ctx.actor.id);
  await pushTo(room, others, { v: PROTOCOL_VERSION, type: 'typing', incident, person: presentOf(ctx.actor) });
}
