import { type Ctx, fromOutside, Refusal } from '../../shared/kernel/index.ts';
import { understand } from '../../shared/war-room/api.ts';
import { type ClientMessage, limits, type ServerMessage } from '../../shared/war-room/index.ts';
import { functions } from '../../shared/wiring/index.ts';
import { clock } from '../aws/clock.ts';
import { readSettings } from '../aws/settings.ts';
import { closeConnection, packed, postTo } from '../aws/sockets.ts';
import { logFault } from '../edge/errors.ts';
import { type SocketEvent, socket } from '../edge/socket.ts';
import { ctxOf } from './connection.ts';
import { carryOutInDocument } from './document/carry-out.ts';
import { notUnderstood, refused } from './explain.ts';
import { passOn } from './fleeting.ts';
import { join } from './join.ts';
import { mayPass } from './pace.ts';
import { pong } from './pong.ts';
import { depart } from './push.ts';
import { write } from './write.ts';

readSettings(functions.Message.env);

/** Carries out one message of a connection and answers it. What is wrong with it is told to the sender alone. */
export const handler = socket(async (event) => {
  const understood = understand(event.frame, limits.frameBytes);
  if ('rule' in understood) return answer(event, notUnderstood(understood));
  const { message } = understood;
  try {
    const said = await carryOut(ctxOf(event), event, message);
    if (said) await answer(event, said);
  } catch (error) {
    await answer(event, refused(error, message, event));
    if (error instanceof Refusal && error.code === 'unauthenticated')
      await closeConnection(event.connectionId);
  }
});

async function answer({ connectionId }: SocketEvent, message: ServerMessage): Promise<void> {
  const posted = await postTo(connectionId, packed(message));
  if (posted.outcome === 'failed') logFault(posted.error, 'socket answer');
}

async function carryOut(
  ctx: Ctx,
  { connectionId, requestId }: SocketEvent,
  message: ClientMessage,
): Promise<ServerMessage | undefined> {
  const from = { connectionId, cause: fromOutside(requestId) };
  switch (message.type) {
    case 'join':
      return join(ctx, from, message);
    case 'leave':
      await depart({ org: ctx.org, incident: message.incident }, connectionId);
      return undefined;
    case 'ping':
      return mayPass(connectionId, clock.now()) ? pong(ctx, message) : undefined;
    case 'typing':
    case 'presence':
      await passOn(ctx, connectionId, message);
      return undefined;
    case 'doc.open':
    case 'doc.update':
    case 'doc.cursor':
    case 'doc.close':
      return carryOutInDocument(ctx, from, message);
    default:
      return write(ctx, from, message);
  }
}
