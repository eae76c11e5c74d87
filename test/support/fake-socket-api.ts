import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type SocketOptions, startSocketApi } from '../../infra/local/gateway/socket/server.ts';
import { type FakeFunction, type FakeWorld, fakeUri, fakeWorld, made } from './fake-world.ts';

/** A WebSocket API of a test. */
export interface FakeSocketApi {
  /** Functions by route key; `authorizer` guards `$connect` by the query parameter `ticket`. */
  readonly routes: Readonly<Record<string, FakeFunction>>;
  readonly authorizer?: FakeFunction;
  /** Route keys whose function's answer goes back to the client. */
  readonly answering?: readonly string[];
  readonly options?: SocketOptions;
}

/** A WebSocket API that answers; both addresses include the stage. */
export interface RunningSocketApi {
  readonly url: string;
  readonly management: string;
  readonly world: FakeWorld;
  /** Opens a connection and waits until it is open; frames that arrive are collected. */
  open(query?: string): Promise<{ socket: WebSocket; frames: string[] }>;
  stop(): Promise<void>;
}

const owner = { ApiId: 'Socket' };

/** Starts a WebSocket API whose routes are plain functions. */
export async function fakeSocketApi({
  routes,
  authorizer,
  answering = [],
  options = {},
}: FakeSocketApi): Promise<RunningSocketApi> {
  const api = made('Socket', 'AWS::ApiGatewayV2::Api', {
    ProtocolType: 'WEBSOCKET',
    RouteSelectionExpression: '$request.body.action',
  });
  const parts = Object.keys(routes).flatMap((key) => [
    made(`integration${key}`, 'AWS::ApiGatewayV2::Integration', {
      ...owner,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: fakeUri(key),
    }),
    made(`route${key}`, 'AWS::ApiGatewayV2::Route', {
      ...owner,
      RouteKey: key,
      Target: `integrations/integration${key}`,
      ...(key === '$connect' && authorizer
        ? { AuthorizationType: 'CUSTOM', AuthorizerId: 'authorizer' }
        : {}),
      ...(answering.includes(key) ? { RouteResponseSelectionExpression: '$default' } : {}),
    }),
  ]);
  const guard = made('authorizer', 'AWS::ApiGatewayV2::Authorizer', {
    ...owner,
    AuthorizerType: 'REQUEST',
    AuthorizerUri: fakeUri('authorizer'),
    IdentitySource: ['route.request.querystring.ticket'],
  });
  const stage = made('Stage', 'AWS::ApiGatewayV2::Stage', { ...owner, StageName: 'live' });
  const functions = authorizer ? { ...routes, authorizer } : routes;
  const world = fakeWorld({ resources: [api, stage, ...(authorizer ? [guard] : []), ...parts], functions });
  const listening = await startSocketApi(api, world, { ageCheckMs: 5, ...options });
  const url = `ws://127.0.0.1:${listening.port}/live`;
  const open = async (query = '') => {
    const socket = new WebSocket(`${url}${query}`);
    const frames: string[] = [];
    socket.on('message', (data) => frames.push(String(data)));
    await once(socket, 'open');
    return { socket, frames };
  };
  return { url, management: url.replace('ws:', 'http:'), world, open, stop: () => listening.stop() };
}
