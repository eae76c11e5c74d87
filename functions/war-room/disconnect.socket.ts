import type { IncidentId } from '../../shared/kernel/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { allDone } from '../aws/all-done.ts';
import { takeConnection } from '../aws/connections.ts';
import { readSettings } from '../aws/settings.ts';
import { socket } from '../edge/socket.ts';
import { depart } from './push.ts';

readSettings(functions.Disconnect.env);

/** Forgets a connection. Best effort: who is missed here goes when a frame finds nobody, or by TTL. */
export const handler = socket(async ({ connectionId }) => {
  const row = await takeConnection(connectionId);
  const rooms = [...(row?.rooms ?? [])] as IncidentId[];
  if (row) await allDone(rooms.map((incident) => depart({ org: row.org, incident }, connectionId)));
});
