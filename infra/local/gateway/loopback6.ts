import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';

/** The address that `localhost` is for many clients before 127.0.0.1. */
export const loopback6 = '::1';

/** What a machine without that address says when somebody listens on it. */
const lacking = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/** Whether an error says that the machine has no IPv6 loopback, which is no fault. */
export const lacksLoopback6 = (error: unknown): boolean =>
  lacking.has((error as NodeJS.ErrnoException).code ?? '');

/**
 * Lets a server that listens on 127.0.0.1 answer on ::1 too, on the same port. Undefined when the machine has no such
 * address, and, which is told, when another program has the port there.
 */
export async function alsoOnLoopback6(
  server: HttpServer,
  port: number,
  log: (line: string) => void,
): Promise<Server | undefined> {
  // An HTTP server listens once; connections that are handed to it are its own all the same.
  const second = createServer({ noDelay: true }, (socket) => server.emit('connection', socket));
  second.listen({ port, host: loopback6, backlog: 4_096 });
  try {
    await once(second, 'listening');
    return second;
  } catch (error) {
    if (!lacksLoopback6(error))
      log(`Port ${port} of ${loopback6} is not ours, so localhost may lead elsewhere: ${String(error)}`);
    return undefined;
  }
}
