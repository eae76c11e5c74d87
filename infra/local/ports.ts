import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { lacksLoopback6, loopback6 } from './gateway/loopback6.ts';

/** The system gives ports that are free on 127.0.0.1; another program may have one on ::1. */
const triesMost = 20;

/** Below where Linux and macOS take the ports of outgoing connections from: one that is free now is not taken by the next call. */
const [lowest, highest] = [10_240, 32_767];

/** A free port of the loopback addresses; the preferred one when it is free. */
export async function freePort(preferred = 0): Promise<number> {
  const port = preferred === 0 ? undefined : await tryPort(preferred);
  if (port !== undefined) return port;
  for (let tries = 0; tries < triesMost; tries++) {
    const any = await tryPort(randomInt(lowest, highest + 1));
    if (any !== undefined) return any;
  }
  throw new Error('No port of 127.0.0.1 is free');
}

/** This port of 127.0.0.1, or an error that says what to do when it is taken. */
export async function exactPort(port: number): Promise<number> {
  if (!(await isFree(port))) {
    throw new Error(`Port ${port} of 127.0.0.1 is in use: stop what uses it, or choose another with --port`);
  }
  return port;
}

/** Whether this port of 127.0.0.1 is free. */
export async function isFree(port: number): Promise<boolean> {
  return (await tryPort(port)) !== undefined;
}

/** The port when it is free on 127.0.0.1, and on ::1, where clients that ask for localhost come first. */
async function tryPort(wanted: number): Promise<number | undefined> {
  const port = await portOn('127.0.0.1', wanted);
  if (typeof port !== 'number') return undefined;
  const second = await portOn(loopback6, port);
  return second === port || lacksLoopback6(second) ? port : undefined;
}

/** The port that was free on an address, or why it was not. */
function portOn(host: string, port: number): Promise<number | Error | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ port, host }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}
