import { authorise, type Ctx, Refusal } from '../../../shared/kernel/index.ts';
import { type DocumentMessage, MOST_TOLD, PROTOCOL_VERSION } from '../../../shared/war-room/index.ts';
import { clock } from '../../aws/clock.ts';
import { connectionsIn, presentOf, type Room } from '../../aws/rooms.ts';
import { mayPass } from '../pace.ts';
import { pushTo } from '../push.ts';

type CursorMessage = Extract<DocumentMessage, { type: 'doc.cursor' }>;

/** Passes on where somebody stands in the document, as whom the ticket names. Dropped where it would cost too much. */
export async function tellCursor(ctx: Ctx, connectionId: string, message: CursorMessage): Promise<void> {
  authorise(ctx, 'room.join');
  if (!mayPass(connectionId, clock.now())) return;
  const { incident, client, cursor } = message;
  const room: Room = { org: ctx.org, incident };
  const rows = (await connectionsIn(room)).filter(({ reads }) => reads);
  if (!rows.some((row) => row.connectionId === connectionId))
    throw new Refusal('invalid', 'This connection does not show that document; say doc.open first.');
  if (rows.length > MOST_TOLD) return;
  const others = rows.filter((row) => row.connectionId !== connectionId);
  const said = { client, cursor, person: presentOf(ctx.actor) };
  await pushTo(room, others, { v: PROTOCOL_VERSION, type: 'doc.cursor', incident, ...said });
}
