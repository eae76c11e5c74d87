import { type Ctx, Refusal } from '../../shared/kernel/index.ts';
import type { SocketEvent } from '../edge/socket.ts';

/** What the ticket said, as API Gateway carries it with every event of the connection. */
export function toSocketContext(ctx: Ctx): Record<string, string> {
  return { ctx: JSON.stringify(ctx), org: ctx.org, actor: ctx.actor.id };
}

/** Whose connection it is, by what our own authorizer put into the event. */
export function ctxOf({ authorizer }: SocketEvent): Ctx {
  const text = authorizer?.ctx;
  if (typeof text !== 'string') throw new Refusal('unauthenticated', 'The connection has no ticket.');
  return JSON.parse(text) as Ctx;
}
