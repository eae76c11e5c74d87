import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { invokeWithin } from '../invoke.ts';
import { endIfOld } from './ages.ts';
import type { Connection } from './connections.ts';
import { socketContext } from './event.ts';
import { frameMeter } from './frame-meter.ts';
import { takeMessage } from './frames.ts';
import type { Gateway } from './gateway.ts';

/** Serves an open connection until it ends, and tells `$disconnect`. */
export function serveConnection(
  gateway: Gateway,
  connection: Connection,
  socket: WebSocket,
  stream: Duplex,
): void {
  const { world, limits } = gateway;
  connection.socket = socket;
  const active = () => {
    connection.lastActiveAt = world.clock.now();
  };
  const refuse = (code: number, reason: string) => {
    connection.gone = true;
    socket.close(code, reason);
  };
  const meter = frameMeter((bytes) => {
    if (bytes > limits.frameBytes && !connection.gone) refuse(1009, 'Frame too long');
  });
  stream.prependListener('data', meter); // before the library's own, so that no message of such a frame gets through
  socket.on('message', (data: RawData, binary: boolean) => {
    // The clock may have moved a moment ago, before anybody looked at ages.
    if (connection.gone || endIfOld(gateway, connection)) return;
    active();
    if (binary) refuse(1003, 'Binary frames are not supported');
    else inBackground(gateway, connection, () => takeMessage(gateway, connection, data.toString()));
  });
  socket.on('ping', () => {
    if (!connection.gone && !endIfOld(gateway, connection)) active();
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    // What a client does against the protocol, or its going away without a word, is no fault of the system.
    if (!/^(WS_ERR_|ECONNRESET|EPIPE)/.test(error.code ?? ''))
      world.log(`${connection.id}: ${error.message}`);
  });
  socket.on('close', (code, reason) => leave(gateway, connection, code, reason.toString()));
}

/** Ends a connection for the product too, also one whose client left before it was open. */
export function leave(gateway: Gateway, connection: Connection, code: number, reason: string): void {
  inBackground(gateway, connection, () => disconnected(gateway, connection, code, reason));
}

/** Nobody waits for frames: those of one connection run in parallel. */
function inBackground({ world }: Gateway, connection: Connection, work: () => Promise<void>): void {
  world.busy(work).catch((error: unknown) => {
    world.log(`${connection.id}: ${error instanceof Error ? error.stack : error}`);
  });
}

/** `$disconnect` is best effort: now and then it is not delivered, so that nothing comes to rely on it. */
async function disconnected(
  gateway: Gateway,
  connection: Connection,
  code: number,
  reason: string,
): Promise<void> {
  const { api, world, limits, connections } = gateway;
  connection.gone = true;
  const stopped = !connections.delete(connection.id);
  const route = api.routes.get('$disconnect');
  if (stopped || !route || !gateway.delivers()) return;
  const context = socketContext(api, world, connection, 'DISCONNECT', '$disconnect');
  const requestContext = { ...context, disconnectStatusCode: code, disconnectReason: reason };
  const headers = { Host: connection.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  const multiValueHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value]]),
  );
  const event = { headers, multiValueHeaders, requestContext, isBase64Encoded: false };
  const result = await invokeWithin(world, route.function, event, limits.integrationMs);
  if (result === 'timed out') world.log('$disconnect did not answer in time');
  else if (!result.ok) world.log(`$disconnect: ${result.errorType}: ${result.errorMessage}`);
}
