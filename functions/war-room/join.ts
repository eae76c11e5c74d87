import { viewFact } from '../../shared/incidents/index.ts';
import { type Cause, type Ctx, Refusal } from '../../shared/kernel/index.ts';
import { type ClientMessage, joinedFrame, limits, type ServerMessage } from '../../shared/war-room/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { readFacts } from '../aws/incident-log.ts';
import { recordDecided } from '../aws/room-log.ts';
import { connectionsIn, joinRoom, peopleIn, type Room } from '../aws/rooms.ts';
import { visitDecision } from '../aws/visits.ts';
import { admit } from './admit.ts';
import { tellPresence } from './push.ts';

/** How many facts are read at once; a frame holds fewer when they are large. */
const PAGE = 200;

type Join = Extract<ClientMessage, { type: 'join' }>;

/** Takes a connection into a room and gives it what it has missed. The row comes first, so that nothing falls in between. */
export async function join(
  ctx: Ctx,
  { connectionId, cause }: { readonly connectionId: string; readonly cause: Cause },
  { incident, after }: Join,
): Promise<ServerMessage> {
  const room: Room = { org: ctx.org, incident };
  const { actor } = await admit(ctx, { connectionId, incident }, 'room.join');
  if (!(await joinRoom(room, connectionId, actor)))
    throw new Refusal('limit', `This connection looks at ${limits.rooms} rooms already; open another one.`);
  const now = clock.now();
  const decide = () => visitDecision(room, 'came', { actor, now });
  const visit = await recordDecided(ctx.org, incident, decide, { actor, now, cause });
  const [rows, { facts }] = await allDone([
    connectionsIn(room),
    readFacts(ctx.org, incident, { after, limit: PAGE + 1, now: clock.now() }),
  ]);
  const isNew = 'recorded' in visit && visit.recorded.length > 0;
  if (isNew) await tellPresence(room, { connectionId, actor }, { here: true, rows });
  // The one fact beyond the page is named by `last` alone, so that the client asks again.
  const last = facts.at(-1)?.seq ?? after;
  return joinedFrame(incident, facts.values().take(PAGE).map(viewFact), {
    ...{ last, people: peopleIn(rows), connections: rows.length },
  });
}
