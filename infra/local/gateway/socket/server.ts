import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Resource, World } from '../../resource.ts';
import { type SocketLimits, socketLimits } from '../limits.ts';
import { type Listening, listen } from '../listen.ts';
import { admit, askConnect, Refused } from './admit.ts';
import { readSocketApi } from './api.ts';
import { type Connection, connectionId } from './connections.ts';
import { type Opening, openingOf } from './event.ts';
import type { Gateway } from './gateway.ts';
import { serveConnection } from './lifetime.ts';
import { manage } from './management.ts';

const closeMs = 1000;

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
  const withhold = options.withholdDisconnect ?? 0;
  let ended = 0;
  const limits = { ...socketLimits, ...options.limits };
  const delivers = () => withhold === 0 || ++ended % withhold !== 0;
  const gateway: Gateway = {
    api: readSocketApi(resource, world),
    world,
    limits,
    connections: new Map(),
    delivers,
  };
  const managed = {
    connections: gateway.connections,
    limits,
    stage: gateway.api.stage.name,
    now: () => world.clock.now(),
    close: (id: string, code: number, reason: string) => end(gateway, id, code, reason),
  };
  const listening = await listen(
    world.port(resource.id),
    (request, response) => world.busy(() => manage(managed, request, response)),
    world,
  );
  const upgrading = new Set<Duplex>();
  listening.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgrading.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => upgrading.delete(socket));
    world
      .busy(() => upgrade(gateway, request, socket, head))
      .catch((error: unknown) => {
        world.log(`opening a connection: ${error instanceof Error ? error.stack : error}`);
        socket.destroy();
      });
  });
  const ages = setInterval(() => closeOld(gateway), options.ageCheckMs ?? 200).unref();
  const stop = async () => {
    clearInterval(ages);
    gateway.connections.clear(); // nobody is told, as when the machine goes down
    for (const socket of upgrading) socket.destroy();
    await listening.stop();
  };
  return { ...listening, stop };
}

function end({ connections }: Gateway, id: string, code: number, reason: string): void {
  const connection = connections.get(id);
  if (!connection?.socket) return;
  const { socket } = connection;
  connection.gone = true;
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), closeMs).unref(); // a client that vanished answers no close frame
}

function closeOld(gateway: Gateway): void {
  const now = gateway.world.clock.now();
  for (const { id, gone, socket, connectedAt, lastActiveAt } of gateway.connections.values()) {
    const old =
      now - connectedAt >= gateway.limits.connectionMs || now - lastActiveAt >= gateway.limits.idleMs;
    if (socket && old && !gone) end(gateway, id, 1001, 'Going away');
  }
}

/** The client gets its 101 only after `$connect` has returned, and until then the connection cannot be posted to. */
async function upgrade(
  gateway: Gateway,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const opening = openingOf(request);
  try {
    const [path] = (request.url ?? '/').split('?');
    if (path !== '/' && path?.replace(/\/$/, '') !== `/${gateway.api.stage.name}`) throw new Refused(403);
    const first = connectionOf(gateway.world, request);
    const ms = gateway.limits.integrationMs;
    const connection = { ...first, authorizer: await admit(gateway.api, gateway.world, first, opening, ms) };
    gateway.connections.set(connection.id, connection);
    await connect(gateway, connection, opening, { request, socket, head });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.detail !== undefined) gateway.world.log(`$connect: ${error.detail}`);
    socket.end(`HTTP/1.1 ${error.status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  }
}

interface Wire {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

async function connect(
  gateway: Gateway,
  connection: Connection,
  opening: Opening,
  { request, socket, head }: Wire,
): Promise<void> {
  let protocol: string | undefined;
  try {
    protocol = await askConnect(
      gateway.api,
      gateway.world,
      connection,
      opening,
      gateway.limits.integrationMs,
    );
  } catch (error) {
    gateway.connections.delete(connection.id);
    throw error;
  }
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: gateway.limits.messageBytes,
    perMessageDeflate: false,
    clientTracking: false,
    handleProtocols: () => protocol ?? false,
  });
  server.on('wsClientError', () => serveConnection(gateway, connection, undefined, socket));
  if (socket.destroyed) return serveConnection(gateway, connection, undefined, socket);
  server.handleUpgrade(request, socket, head, (opened: WebSocket) =>
    serveConnection(gateway, connection, opened, socket),
  );
}

function connectionOf(world: World, request: IncomingMessage): Connection {
  const now = world.clock.now();
  return {
    id: connectionId(),
    connectedAt: now,
    lastActiveAt: now,
    identity: {
      sourceIp: (request.socket.remoteAddress ?? '127.0.0.1').replace('::ffff:', ''),
      userAgent: request.headers['user-agent'] ?? null,
    },
    domainName: request.headers.host ?? '',
    authorizer: undefined,
    socket: undefined,
    gone: false,
  };
}
