import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Server as SecondServer } from 'node:net';
import type { Running } from '../resource.ts';
import type { Certificate } from './certificate.ts';
import { restLimits } from './limits.ts';
import { alsoOnLoopback6 } from './loopback6.ts';

/** A server on 127.0.0.1, and on ::1 where there is one; `port` is the real one, also when 0 was asked for. */
export interface Listening extends Running {
  readonly server: Server;
  readonly port: number;
}

/** When a client is cut off, and where faults are told. */
export interface ListenOptions {
  readonly headersMs?: number;
  readonly requestMs?: number;
  readonly headerBytes?: number;
  /** With one, TLS is spoken and nothing else. */
  readonly certificate?: Certificate;
  log(line: string): void;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const graceMs = 1000;

/** Starts an HTTP server that cuts off slow clients and, when stopped, lets answers under way finish for a second. */
export async function listen(port: number, handler: Handler, options: ListenOptions): Promise<Listening> {
  const headersTimeout = options.headersMs ?? restLimits.headersMs;
  const times = {
    headersTimeout,
    requestTimeout: Math.max(headersTimeout, options.requestMs ?? restLimits.requestMs),
    connectionsCheckingInterval: Math.min(1000, headersTimeout),
    maxHeaderSize: options.headerBytes ?? 16 * 1024,
    keepAliveTimeout: 60_000,
  };
  const server =
    options.certificate === undefined
      ? createServer(times)
      : createSecureServer({ ...times, ...options.certificate, minVersion: 'TLSv1.2' });
  server.on('request', (request, response) => {
    handler(request, response).catch((error: unknown) => failed(request, response, error, options));
  });
  // A burst of connections waits instead of being reset.
  server.listen({ port, host: '127.0.0.1', backlog: 4_096 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`no TCP address for port ${port}`);
  const second = await alsoOnLoopback6(server, address.port, options.log);
  return { server, port: address.port, stop: () => stop(server, second) };
}

function failed(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  options: ListenOptions,
): void {
  if (request.destroyed && !request.complete) return; // the client hung up; nobody is left to answer
  options.log(
    `${request.method} ${request.url?.split('?')[0]}: ${error instanceof Error ? error.stack : error}`,
  );
  if (response.headersSent) response.destroy();
  else
    response
      .writeHead(500, { 'content-type': 'application/json' })
      .end('{"message":"Internal server error"}');
}

async function stop(server: Server, second: SecondServer | undefined): Promise<void> {
  const closed = Promise.all([server, second].map((one) => one && once(one, 'close')));
  server.close();
  second?.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}
