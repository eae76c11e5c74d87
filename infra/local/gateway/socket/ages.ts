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

/** Ends connections that are idle or old by the world's clock, as soon as it has moved; the result stops that. */
export function watchAges(gateway: Gateway, everyMs: number): () => void {
  const timer = setInterval(() => {
    const now = gateway.world.clock.now();
    for (const { id, gone, socket, connectedAt, lastActiveAt } of gateway.connections.values()) {
      const old =
        now - connectedAt >= gateway.limits.connectionMs || now - lastActiveAt >= gateway.limits.idleMs;
      if (socket && old && !gone) end(gateway, id, 1001, 'Going away');
    }
  }, everyMs).unref();
  return () => clearInterval(timer);
}
