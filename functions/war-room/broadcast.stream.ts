import { type LoggedFact, viewFact } from '../../shared/incidents/index.ts';
import { factsFrame } from '../../shared/war-room/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { stored } from '../aws/incident-rows.ts';
import { connectionsIn, leaveRoom } from '../aws/rooms.ts';
import { readSettings } from '../aws/settings.ts';
import { postTo } from '../aws/sockets.ts';
import { logFault } from '../edge/errors.ts';
import { streamReader } from '../edge/stream.ts';

readSettings(functions.Broadcast.env);

/**
 * Reader 1 of the table's stream: one frame for each room with what happened there. A frame that is lost is not sent again: the
 * next one shows the client that it is behind, and it asks.
 */
export const handler = streamReader(async (items) => {
  const facts = items.filter(({ kind }) => kind === 'fact').map((item) => stored<LoggedFact>(item));
  const rooms = Map.groupBy(facts, ({ org, incidentId }) => `${org} ${incidentId}`);
  await Promise.all([...rooms.values()].map(tellRoom));
});

async function tellRoom(facts: readonly LoggedFact[]): Promise<void> {
  const [first] = facts;
  if (first === undefined) return;
  const { org, incidentId } = first;
  const frame = factsFrame('facts', incidentId, facts.map(viewFact));
  const connections = await connectionsIn(org, incidentId);
  await Promise.all(
    connections.map(async (connectionId) => {
      const posted = await postTo(connectionId, frame);
      if (posted.outcome === 'gone') await leaveRoom(org, incidentId, connectionId);
      if (posted.outcome === 'failed') logFault(posted.error, 'socket frame');
    }),
  );
}
