import type { Ctx } from '../../shared/kernel/index.ts';
import { type ClientMessage, PROTOCOL_VERSION, type ServerMessage } from '../../shared/war-room/index.ts';
import { lastNumber } from '../aws/sequence.ts';
import { rightsOf } from './rights.ts';

/** Says that the connection is alive, and how far the room is. Who was removed learns it here at the latest. */
export async function pong(
  ctx: Ctx,
  { incident }: Extract<ClientMessage, { type: 'ping' }>,
): Promise<ServerMessage> {
  await rightsOf(ctx, 'room.join');
  const last = incident && { incident, last: await lastNumber(ctx.org, incident) };
  return { v: PROTOCOL_VERSION, type: 'pong', ...last };
}
