import { type LoggedFact, viewFact } from '../../shared/incidents/index.ts';
import type { Cause, Ctx } from '../../shared/kernel/index.ts';
import {
  factsFrame,
  PROTOCOL_VERSION,
  type ServerMessageOf,
  type WritingMessage,
} from '../../shared/war-room/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { recordDecided } from '../aws/room-log.ts';
import { connectionsIn, type Room, type RoomRow } from '../aws/rooms.ts';
import { lastNumber } from '../aws/sequence.ts';
import { factOfGuard } from '../incidents/fact-at.ts';
import { admit } from './admit.ts';
import { roomDecision } from './command.ts';
import { chooseWay } from './pace.ts';
import { pushTo } from './push.ts';

/** Records a message of a connection once, tells the room, and answers under which number it is. */
export async function write(
  ctx: Ctx,
  { connectionId, cause }: { readonly connectionId: string; readonly cause: Cause },
  message: WritingMessage,
): Promise<ServerMessageOf<'accepted'>> {
  const { incident, id } = message;
  const room = { org: ctx.org, incident };
  const now = clock.now();
  const [{ actor }, rows] = await allDone([
    admit(ctx, { connectionId, incident }, 'room.write'),
    connectionsIn(room),
  ]);
  const wayOf = (seq: number) => chooseWay(room, rows.length, { seq, at: now });
  const outcome = await recordDecided(ctx.org, incident, () => roomDecision(room, message, now), {
    ...{ actor, now, cause, clientMessageId: id },
    wayOf,
  });
  if ('earlier' in outcome) {
    const fact = await factOfGuard(ctx.org, incident, outcome.earlier, now);
    const last = await lastNumber(ctx.org, incident);
    // Who recorded it may have died before telling anybody.
    if (wayOf(last) === 'pushed') await tell(room, rows, { connectionId, facts: [fact] });
    return accepted(room, id, [fact], last);
  }
  const { recorded, way } = outcome;
  if (way === 'pushed') await tell(room, rows, { connectionId, facts: recorded });
  return accepted(room, id, recorded, recorded.at(-1)?.seq ?? (await lastNumber(ctx.org, incident)));
}

interface News {
  readonly connectionId: string;
  readonly facts: readonly LoggedFact[];
}

/** The sender has its facts with the answer. */
async function tell(room: Room, rows: readonly RoomRow[], { connectionId, facts }: News): Promise<void> {
  const others = rows.filter((row) => row.connectionId !== connectionId);
  if (facts.length > 0) await pushTo(room, others, factsFrame(room.incident, facts.map(viewFact)));
}

function accepted(
  { incident }: Room,
  id: string,
  facts: readonly LoggedFact[],
  last: number,
): ServerMessageOf<'accepted'> {
  const [first] = facts;
  const seq = first && { seq: first.seq };
  return { v: PROTOCOL_VERSION, type: 'accepted', incident, id, ...seq, facts: facts.map(viewFact), last };
}
