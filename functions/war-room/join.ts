import { viewFact } from '../../shared/incidents/index.ts';
import { authorise, type Ctx, type IncidentId, Refusal } from '../../shared/kernel/index.ts';
import { factsFrame, type ServerMessage } from '../../shared/war-room/index.ts';
import { clock } from '../aws/clock.ts';
import { readFacts } from '../aws/incident-log.ts';
import { joinRoom } from '../aws/rooms.ts';
import { visibleIncident } from '../incidents/visible.ts';

/** How many facts are read at once; a frame holds fewer when they are large. */
const PAGE = 200;

/** Takes a connection into a room and gives it what it has missed. The row comes first, so that nothing falls in between. */
export async function join(
  ctx: Ctx,
  connectionId: string,
  { incident, after }: { readonly incident: IncidentId; readonly after: number },
): Promise<ServerMessage> {
  authorise(ctx, 'room.join');
  await visibleIncident(ctx.org, incident);
  if (!(await joinRoom(ctx.org, incident, connectionId))) {
    throw new Refusal('limit', 'This connection looks at 20 rooms already; open another one.');
  }
  const { facts } = await readFacts(ctx.org, incident, { after, limit: PAGE + 1, now: clock.now() });
  // The one fact beyond the page is named by `last` alone, so that the client asks again.
  const last = facts.at(-1)?.seq ?? after;
  return factsFrame('joined', incident, facts.slice(0, PAGE).map(viewFact), last);
}
