import { functions } from '../../shared/wiring/index.ts';
import { putConnection } from '../aws/connections.ts';
import { readSettings } from '../aws/settings.ts';
import { socket } from '../edge/socket.ts';
import { ctxOf } from './connection.ts';

readSettings(functions.Connect.env);

/** Notes a new connection. It is in no room yet: nothing can be sent to it before this has answered. */
export const handler = socket((event) => putConnection(event.connectionId, ctxOf(event)));
