import { createServer } from 'node:net';

/** A free port of 127.0.0.1; the preferred one when it is free. */
export async function freePort(preferred = 0): Promise<number> {
  const port = await tryPort(preferred);
  if (port !== undefined) return port;
  const any = await tryPort(0);
  if (any === undefined) throw new Error('No port of 127.0.0.1 is free');
  return any;
}

/** This port of 127.0.0.1, or an error that says what to do when it is taken. */
export async function exactPort(port: number): Promise<number> {
  if ((await tryPort(port)) === undefined) {
    throw new Error(`Port ${port} of 127.0.0.1 is in use: stop what uses it, or choose another with --port`);
  }
  return port;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
