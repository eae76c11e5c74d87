import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';

/** One connection, from the request that opens it to its end. */
export interface Connection {
  readonly id: string;
  readonly connectedAt: number;
  lastActiveAt: number;
  readonly identity: { readonly sourceIp: string; readonly userAgent: string | null };
  readonly domainName: string;
  /** What the authorizer of $connect granted. */
  readonly authorizer: Readonly<Record<string, unknown>> | undefined;
  /** Absent until `$connect` has returned: until then the connection cannot be posted to. */
  socket: WebSocket | undefined;
  /** Set as soon as the gateway or the client ends it. */
  gone: boolean;
}

/** All connections of one WebSocket API. */
export type Connections = Map<string, Connection>;

/** An id as API Gateway makes them, with the `=` at the end that must be encoded in a URL. */
export const connectionId = (): string => randomBytes(11).toString('base64url').concat('=');

/** The connection that can be posted to now; `undefined` means 410 Gone. */
export function open(connections: Connections, id: string): (Connection & { socket: WebSocket }) | undefined {
  const connection = connections.get(id);
  if (!connection?.socket || connection.gone || connection.socket.readyState !== connection.socket.OPEN)
    return undefined;
  return connection as Connection & { socket: WebSocket };
}
