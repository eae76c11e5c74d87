import { type LoggedFact, viewFact } from '../../shared/incidents/index.ts';
import { isTooDeep } from '../../shared/kernel/index.ts';
import { factsFrame } from '../../shared/war-room/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { stored } from '../aws/incident-rows.ts';
import { connectionsIn, leaveRoom, occupiedRooms, type Room } from '../aws/rooms.ts';
import { readSettings } from '../aws/settings.ts';
import { postTo } from '../aws/sockets.ts';
import { logFault } from '../edge/errors.ts';
import { log } from '../edge/log.ts';
import { streamReader } from '../edge/stream.ts';

readSettings(functions.Broadcast.env);

/**
 * Reader 1 of the table's stream: one frame for each room with what happened there. A frame that is lost is not sent again: the
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

async function tellRoom({ org, incident, facts }: News): Promise<void> {
  const frame = factsFrame('facts', incident, facts.map(viewFact));
  const connections = await connectionsIn(org, incident);
  await allDone(
    connections.map(async (connectionId) => {
      const posted = await postTo(connectionId, frame);
      if (posted.outcome === 'gone') await leaveRoom(org, incident, connectionId);
      if (posted.outcome === 'failed') logFault(posted.error, 'socket frame');
    }),
  );
}
