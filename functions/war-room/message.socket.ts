import { type ErrorCode, Refusal } from '../../shared/kernel/index.ts';
import { clientMessage, type ProtocolError, type ServerMessage } from '../../shared/war-room/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { readSettings } from '../aws/settings.ts';
import { postTo } from '../aws/sockets.ts';
import { recordKeptOut } from '../edge/audit.ts';
import { parseJson } from '../edge/body.ts';
import { logFault, statusOf } from '../edge/errors.ts';
import { parseInput } from '../edge/input.ts';
import { type SocketEvent, socket } from '../edge/socket.ts';
import { ctxOf } from './connection.ts';
import { join } from './join.ts';

readSettings(functions.Message.env);

/** Carries out one message of a connection and answers it. What is wrong with it is told to the sender. */
export const handler = socket(async (event) => {
  const answer = await answerTo(event).catch((error: unknown) => explain(error, event));
  const posted = await postTo(event.connectionId, answer);
  if (posted.outcome === 'failed') logFault(posted.error, 'socket answer');
});

async function answerTo(event: SocketEvent): Promise<ServerMessage> {
  const message = parseInput(clientMessage, parseJson(event.frame), 'message');
  if (message.type === 'ping') return { v: 1, type: 'pong' };
  return join(ctxOf(event), event.connectionId, message);
}

const told: Partial<Record<ErrorCode, ProtocolError>> = {
  invalid: 'invalid',
  forbidden: 'forbidden',
  not_found: 'not_found',
  limit: 'limit',
};

function explain(error: unknown, { authorizer, requestId }: SocketEvent): ServerMessage {
  const code = error instanceof Refusal ? told[error.code] : undefined;
  if (error instanceof Refusal)
    recordKeptOut({ authorizer, route: 'socket $default', requestId }, statusOf[error.code]);
  if (error instanceof Refusal && code !== undefined)
    return { v: 1, type: 'error', code, message: error.message };
  logFault(error, 'socket message');
  return {
    v: 1,
    type: 'error',
    code: 'internal',
    message: 'Something went wrong on our side; say it again.',
  };
}
