import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { World } from '../../resource.ts';
import { admit, askConnect, Refused } from './admit.ts';
import { type Connection, connectionId } from './connections.ts';
import { type Opening, openingOf } from './event.ts';
import type { Gateway } from './gateway.ts';
import { leave, serveConnection } from './lifetime.ts';

/** The client gets its 101 only after `$connect` has returned, and until then the connection cannot be posted to. */
export async function upgrade(
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
  server.on('wsClientError', () => leave(gateway, connection, 1006, ''));
  if (socket.destroyed) {
    leave(gateway, connection, 1006, '');
    return;
  }
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
