import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../body.ts';
import type { SocketLimits } from '../limits.ts';
import { type Connection, type Connections, open } from './connections.ts';

/** What management calls may do with connections. */
export interface Managed {
  readonly connections: Connections;
  readonly limits: SocketLimits;
  readonly stage: string;
  now(): number;
  /** Ends a connection that is idle or old by now; true when it was. */
  endIfOld(connection: Connection): boolean;
  close(id: string, code: number, reason: string): void;
}

/** Answers the calls of `@connections` (POST, GET, DELETE) as the service does, errors by name in a header. */
export async function manage(
  managed: Managed,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const id = idIn(path, managed.stage);
  if (id === undefined || !request.headers.authorization?.startsWith('AWS4-HMAC-SHA256')) {
    request.resume();
    return refuse(response, 403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const body = await readBody(request, managed.limits.messageBytes);
  if (body === undefined) return refuse(response, 413, 'PayloadTooLargeException', 'Message too long');
  const connection = open(managed.connections, id);
  if (!connection || managed.endIfOld(connection)) return refuse(response, 410, 'GoneException', '410');
  if (request.method === 'POST') {
    connection.lastActiveAt = managed.now();
    await new Promise<void>((resolve) => connection.socket.send(body, { binary: false }, () => resolve()));
    response.writeHead(200, { 'content-length': 0 }).end();
  } else if (request.method === 'GET') {
    const { identity, connectedAt, lastActiveAt } = connection;
    const text = {
      connectedAt: new Date(connectedAt).toISOString(),
      identity,
      lastActiveAt: new Date(lastActiveAt).toISOString(),
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(text));
  } else if (request.method === 'DELETE') {
    managed.close(id, 1000, 'Connection Closed Normally');
    response.writeHead(204).end();
  } else {
    refuse(response, 403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
}

/** The connection id in `/{stage}/@connections/{id}`; the stage may be missing. */
function idIn(path: string, stage: string): string | undefined {
  const local = path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
  const encoded = /^\/(?:@|%40)connections\/([^/]+)$/i.exec(local)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: number, type: string, message: string): void {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': type };
  response.writeHead(status, headers).end(JSON.stringify({ message }));
}
