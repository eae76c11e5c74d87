import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { World } from '../../resource.ts';
import { headerPairs, requestTime, type Values, valuesOf } from '../request-values.ts';
import type { SocketApi } from './api.ts';
import type { Connection } from './connections.ts';

/** What happened to a connection. */
export type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

/** `requestContext` of an event of a WebSocket API (AWS: "API Gateway WebSocket API mapping template reference"). */
export function socketContext(
  api: SocketApi,
  world: World,
  connection: Connection,
  eventType: EventType,
  routeKey: string,
) {
  const now = world.clock.now();
  const requestId = randomUUID();
  return {
    routeKey,
    eventType,
    extendedRequestId: randomBytes(11).toString('base64'),
    requestTime: requestTime(now),
    messageDirection: 'IN' as const,
    stage: api.stage.name,
    connectedAt: connection.connectedAt,
    requestTimeEpoch: now,
    identity: connection.identity,
    requestId,
    domainName: connection.domainName,
    connectionId: connection.id,
    apiId: api.id,
    ...(connection.authorizer === undefined ? {} : { authorizer: connection.authorizer }),
  };
}

/** Headers and query of the request that opens a connection. */
export interface Opening {
  readonly headers: Values;
  readonly query: Values;
}

/** Takes in the request that opens a connection. */
export function openingOf(request: IncomingMessage): Opening {
  const query = (request.url ?? '').split('?').slice(1).join('?');
  const sourceIp = (request.socket.remoteAddress ?? '127.0.0.1').replace('::ffff:', '');
  const forwarded: [string, string][] = [
    ['X-Forwarded-For', sourceIp],
    ['X-Forwarded-Port', String(request.socket.localPort)],
    ['X-Forwarded-Proto', 'http'],
  ];
  const sent = headerPairs(request.rawHeaders).filter(([name]) => !/^x-forwarded-/i.test(name));
  return { headers: valuesOf([...sent, ...forwarded], true), query: valuesOf(new URLSearchParams(query)) };
}

/** The parts of a $connect event that come from the opening request. */
export function openingEvent({ headers, query }: Opening, api: SocketApi) {
  return {
    headers: headers.single,
    multiValueHeaders: headers.multi,
    ...(query.single === null
      ? {}
      : { queryStringParameters: query.single, multiValueQueryStringParameters: query.multi }),
    ...(api.stage.variables === undefined ? {} : { stageVariables: api.stage.variables }),
  };
}
