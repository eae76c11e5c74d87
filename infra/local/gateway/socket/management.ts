import type { IncomingMessage, ServerResponse } from 'node:http';
import { plainNeed } from '../../iam/need.ts';
import { type Answer, textAnswer } from '../../proxy/answer.ts';
import type { World } from '../../resource.ts';
import { readBody } from '../body.ts';
import type { SocketLimits } from '../limits.ts';
import { type Connection, type Connections, open } from './connections.ts';

/** What management calls may do with connections. */
export interface Managed {
  readonly connections: Connections;
  readonly limits: SocketLimits;
  readonly stage: string;
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>` */
  readonly arn: string;
  now(): number;
  pass: World['pass'];
  /** Ends a connection that is idle or old by now; true when it was. */
  endIfOld(connection: Connection): boolean;
  close(id: string, code: number, reason: string): void;
}

const operations: Readonly<Record<string, string>> = {
  POST: 'PostToConnection',
  GET: 'GetConnection',
  DELETE: 'DeleteConnection',
};

/** Answers the calls of `@connections` (POST, GET, DELETE) as the service does, errors by name in a header. */
export async function manage(
  managed: Managed,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = idIn((request.url ?? '').split('?')[0] ?? '', managed.stage);
  const { method = '' } = request;
  const { authorization } = request.headers;
  const operation = operations[method];
  if (
    id === undefined ||
    operation === undefined ||
    // The passage knows who signed; whoever did not is not even read.
    !authorization?.startsWith('AWS4-HMAC-SHA256')
  ) {
    request.resume();
    return send(
      response,
      refusal(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
    );
  }
  const asked = await readBody(request, managed.limits.messageBytes);
  if (asked === undefined)
    return send(response, refusal(413, 'PayloadTooLargeException', 'Message too long'));
  const doing = (body: Buffer) => answerTo(managed, operation, id, body);
  const resource = `${managed.arn}/${method}/@connections/${id}`;
  const needs = () => [plainNeed('execute-api:ManageConnections', resource)];
  const ending = await managed.pass({ service: 'sockets', operation, authorization, asked, needs, doing });
  if (ending === 'broken') response.destroy();
  else if (typeof ending !== 'string') send(response, ending);
}

async function answerTo(managed: Managed, operation: string, id: string, body: Buffer): Promise<Answer> {
  const connection = open(managed.connections, id);
  if (!connection || managed.endIfOld(connection)) return refusal(410, 'GoneException', '410');
  if (operation === 'PostToConnection') {
    connection.lastActiveAt = managed.now();
    await new Promise<void>((resolve) => connection.socket.send(body, { binary: false }, () => resolve()));
    return textAnswer(200, '');
  }
  if (operation === 'DeleteConnection') {
    managed.close(id, 1000, 'Connection Closed Normally');
    return { status: 204, headers: {}, body: Buffer.alloc(0) };
  }
  const { identity, connectedAt, lastActiveAt } = connection;
  const text = {
    connectedAt: new Date(connectedAt).toISOString(),
    identity,
    lastActiveAt: new Date(lastActiveAt).toISOString(),
  };
  return textAnswer(200, JSON.stringify(text), { 'content-type': 'application/json' });
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

function refusal(status: number, type: string, message: string): Answer {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': type };
  return textAnswer(status, JSON.stringify({ message }), headers);
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers as Record<string, string>).end(body);
}
