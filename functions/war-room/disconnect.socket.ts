import { functions } from '../../shared/wiring/index.ts';
import { removeConnection } from '../aws/rooms.ts';
import { readSettings } from '../aws/settings.ts';
import { socket } from '../edge/socket.ts';

readSettings(functions.Disconnect.env);

/** Forgets a connection. Best effort: who is missed here goes when a frame finds nobody, or by TTL. */
export const handler = socket(({ connectionId }) => removeConnection(connectionId));
