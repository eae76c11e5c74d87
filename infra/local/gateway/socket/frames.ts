import { invokeWithin } from '../invoke.ts';
import type { Route, SocketApi } from './api.ts';
import { type Connection, open } from './connections.ts';
import { socketContext } from './event.ts';
import type { Gateway } from './gateway.ts';

/** The route key that a frame selects; `undefined` when its body has none. Never throws, whatever the frame holds. */
export function selectedRoute(body: string, selection: readonly string[]): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const name of selection) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function routeOf(api: SocketApi, body: string): readonly [key: string, route: Route | undefined] {
  const key = selectedRoute(body, api.selection);
  const own = key === undefined || key.startsWith('$') ? undefined : api.routes.get(key);
  return own && key !== undefined ? [key, own] : ['$default', api.routes.get('$default')];
}

/** Takes one message of a client to its function; trouble goes back to the client as API Gateway words it. */
export async function takeMessage(gateway: Gateway, connection: Connection, body: string): Promise<void> {
  const { api, world, connections, limits } = gateway;
  const [routeKey, route] = routeOf(api, body);
  const context = socketContext(api, world, connection, 'MESSAGE', routeKey);
  const answer = (text: string) => open(connections, connection.id)?.socket.send(text);
  const trouble = (message: string) =>
    answer(JSON.stringify({ message, connectionId: connection.id, requestId: context.requestId }));
  if (!route) return trouble('Forbidden');
  const requestContext = { ...context, messageId: context.requestId };
  const variables = api.stage.variables === undefined ? {} : { stageVariables: api.stage.variables };
  const result = await invokeWithin(
    world,
    route.function,
    { requestContext, body, isBase64Encoded: false, ...variables },
    limits.integrationMs,
  );
  if (result === 'timed out') return trouble('Endpoint request timed out');
  if (!result.ok) {
    world.log(`${routeKey}: ${result.errorType}: ${result.errorMessage}`);
    return trouble('Internal server error');
  }
  const reply = (result.payload as { body?: unknown } | null)?.body;
  if (route.answers && typeof reply === 'string') answer(reply);
}
