import { pointedAt, stableId } from '../gateway/identity.ts';
import { literal } from '../gateway/literal.ts';
import { type SocketOptions, startSocketApi } from '../gateway/socket/server.ts';
import type { Declared, ResourceKind, World } from '../resource.ts';

const idOf = (declared: Declared) => stableId(`socket ${declared.id}`, 10);

const hostOf = (declared: Declared, { region, suffix }: World['account']) =>
  `${idOf(declared)}.execute-api.${region}.${suffix}`;

const api: ResourceKind = {
  type: 'AWS::ApiGatewayV2::Api',
  phase: 'door',
  identity: (declared, account) => {
    const ref = idOf(declared);
    return { ref, attributes: { ApiId: ref, ApiEndpoint: `wss://${hostOf(declared, account)}` } };
  },
  addresses: (declared, account, port) => {
    const host = hostOf(declared, account);
    const local = `127.0.0.1:${port(declared.id)}`;
    return [
      [`https://${host}`, `http://${local}`],
      [`wss://${host}`, `ws://${local}`],
      [host, local],
    ];
  },
};

const stage: ResourceKind = {
  type: 'AWS::ApiGatewayV2::Stage',
  phase: 'door',
  identity: (declared, account) => ({
    ref: literal(declared.properties.StageName, account, `StageName of ${declared.id}`),
    attributes: {},
  }),
};

/** The kinds of a WebSocket API, with options for the API itself. */
export const socketApiWith = (options: SocketOptions): readonly ResourceKind[] => [
  { ...api, start: (resource, world) => startSocketApi(resource, world, options) },
  stage,
  pointedAt('AWS::ApiGatewayV2::Route', 'RouteId'),
  pointedAt('AWS::ApiGatewayV2::Integration'),
  pointedAt('AWS::ApiGatewayV2::Authorizer', 'AuthorizerId'),
  pointedAt('AWS::ApiGatewayV2::Deployment', 'DeploymentId'),
  pointedAt('AWS::ApiGatewayV2::RouteResponse', 'RouteResponseId'),
  pointedAt('AWS::ApiGatewayV2::IntegrationResponse', 'IntegrationResponseId'),
];

/** Amazon API Gateway, WebSocket APIs; one `$disconnect` in twenty is withheld. */
export const socketApi: readonly ResourceKind[] = socketApiWith({ withholdDisconnect: 20 });
