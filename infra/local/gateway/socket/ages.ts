import type { Connection } from './connections.ts';
import type { Gateway } from './gateway.ts';

const closeMs = 1000;

/** Ends a connection from this side; it is gone at once, whether or not the client answers. */
export function end(
  { connections }: Pick<Gateway, 'connections'>,
  id: string,
  code: number,
  reason: string,
): void {
  const connection = connections.get(id);
  if (!connection?.socket) return;
  const { socket } = connection;
  connection.gone = true;
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), closeMs).unref(); // a client that vanished answers no close frame
}

/** Ends a connection that is idle or old by the world's clock; true when it was. */
export function endIfOld(
  { connections, limits, world }: Pick<Gateway, 'connections' | 'limits' | 'world'>,
  { id, connectedAt, lastActiveAt }: Connection,
): boolean {
  const now = world.clock.now();
  const old = now - connectedAt >= limits.connectionMs || now - lastActiveAt >= limits.idleMs;
  if (old) end({ connections }, id, 1001, 'Going away');
  return old;
}

/** Ends connections that are idle or old by the world's clock, as soon as it has moved; the result stops that. */
export function watchAges(gateway: Gateway, everyMs: number): () => void {
  const timer = setInterval(() => {
    for (const connection of gateway.connections.values()) {
      if (connection.socket && !connection.gone) endIfOld(gateway, connection);
    }
  }, everyMs).unref();
  return () => clearInterval(timer);
}
