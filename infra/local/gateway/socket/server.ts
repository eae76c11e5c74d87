import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Resource, World } from '../../resource.ts';
import { type SocketLimits, socketLimits } from '../limits.ts';
import { type Listening, listen } from '../listen.ts';
import { end, endIfOld, watchAges } from './ages.ts';
import { readSocketApi } from './api.ts';
import type { Connection, Connections } from './connections.ts';
import type { Gateway } from './gateway.ts';
import { manage } from './management.ts';
import { upgrade } from './opening.ts';

/** What a test, or the runner, may change of a WebSocket API. */
export interface SocketOptions {
  readonly limits?: Partial<SocketLimits>;
  /** Every so many-th `$disconnect` is withheld, since AWS promises it as best effort only; 0 withholds none. */
  readonly withholdDisconnect?: number;
  /** How often ages are compared with the world's clock, in real milliseconds. */
  readonly ageCheckMs?: number;
}

/** Serves a WebSocket API and its `@connections` calls on its port of 127.0.0.1. */
export async function startSocketApi(
  resource: Resource,
  world: World,
  options: SocketOptions = {},
): Promise<Listening> {
  const gateway = gatewayOf(resource, world, options);
  const managed = {
    connections: gateway.connections,
    limits: gateway.limits,
    stage: gateway.api.stage.name,
    arn: gateway.api.arn,
    pass: world.pass,
    now: () => world.clock.now(),
    endIfOld: (connection: Connection) => endIfOld(gateway, connection),
    close: (id: string, code: number, reason: string) => end(gateway, id, code, reason),
  };
  const listening = await listen(
    world.port(resource.id),
    (request, response) => manage(managed, request, response),
    world,
  );
  const sockets = new Set<Duplex>();
  listening.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    world
      .busy(() => upgrade(gateway, request, socket, head))
      .catch((error: unknown) => {
        world.log(`opening a connection: ${error instanceof Error ? error.stack : error}`);
        socket.destroy();
      });
  });
  const unwatch = watchAges(gateway, options.ageCheckMs ?? 200);
  const stop = async () => {
    unwatch();
    gateway.connections.clear(); // nobody is told, as when the machine goes down
    for (const socket of sockets) socket.destroy();
    await listening.stop();
  };
  return { ...listening, stop };
}

function gatewayOf(resource: Resource, world: World, options: SocketOptions): Gateway {
  const withhold = options.withholdDisconnect ?? 0;
  const connections: Connections = new Map();
  let ended = 0;
  return {
    api: readSocketApi(resource, world),
    world,
    limits: { ...socketLimits, ...options.limits },
    connections,
    delivers: () => withhold === 0 || ++ended % withhold !== 0,
  };
}
