import { type LoggedFact, viewFact } from '../../shared/incidents/index.ts';
import { isTooDeep } from '../../shared/kernel/index.ts';
import { factsFrames, framesAtOnce } from '../../shared/war-room/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { clock } from '../aws/clock.ts';
import { stored } from '../aws/incident-rows.ts';
import { connectionsIn, occupiedRooms, type Room } from '../aws/rooms.ts';
import { readSettings } from '../aws/settings.ts';
import { log } from '../edge/log.ts';
import { streamReader } from '../edge/stream.ts';
import { waitForTurn } from './pace.ts';
import { pushTo } from './push.ts';

readSettings(functions.Broadcast.env);

/**
 * Reader 1 of the table's stream: a frame for each room with what happened there, or several where it is long. A frame that is lost is not sent again: the
 * next one shows the client that it is behind, and it asks.
 */
export const handler = streamReader(async (items) => {
  const facts = items.filter(({ kind }) => kind === 'fact').map((item) => stored<LoggedFact>(item));
  for (const { org, incidentId: incident, seq, type, cause } of facts.filter(isTooDeep))
    log.error('chain of causes too long, nothing follows from this', { org, incident, seq, type, cause });
  const rooms = [...Map.groupBy(facts, ({ org, incidentId }) => `${org} ${incidentId}`).values()].flatMap(
    newsOf,
  );
  await allDone((await occupiedRooms(rooms)).map(tellRoom));
});

interface News extends Room {
  readonly facts: readonly LoggedFact[];
}

function newsOf(facts: readonly LoggedFact[]): readonly News[] {
  return facts.slice(0, 1).map(({ org, incidentId }) => ({ org, incident: incidentId, facts }));
}

async function tellRoom({ facts, ...room }: News): Promise<void> {
  const rows = await connectionsIn(room);
  if (rows.length === 0) return;
  const frames = factsFrames(room.incident, facts.map(viewFact), framesAtOnce(rows.length));
  for (const frame of frames) {
    await clock.pause(waitForTurn(room, rows.length, clock.now()));
    await pushTo(room, rows, frame);
  }
}
