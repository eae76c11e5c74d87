import { pointedAt, stableId } from '../gateway/identity.ts';
import { literal } from '../gateway/literal.ts';
import { startRestApi } from '../gateway/rest/server.ts';
import type { Declared, ResourceKind, World } from '../resource.ts';

const idOf = (declared: Declared) => stableId(`rest ${declared.id}`, 10);

const api: ResourceKind = {
  type: 'AWS::ApiGateway::RestApi',
  phase: 'door',
  identity: (declared) => {
    const ref = idOf(declared);
    return { ref, attributes: { RestApiId: ref, RootResourceId: stableId(`root ${declared.id}`, 10) } };
  },
  addresses: (declared, account, port) => {
    const host = `${idOf(declared)}.execute-api.${account.region}.${account.suffix}`;
    const local = `127.0.0.1:${port(declared.id)}`;
    return [
      [`https://${host}`, `http://${local}`],
      [host, local],
    ];
  },
  start: (resource, world) => startRestApi(resource, world),
};

const stage: ResourceKind = {
  type: 'AWS::ApiGateway::Stage',
  phase: 'door',
  identity: (declared: Declared, account: World['account']) => ({
    ref: literal(declared.properties.StageName, account, `StageName of ${declared.id}`),
    attributes: {},
  }),
};

/** Amazon API Gateway, REST APIs (v1): the API serves, the other kinds describe it. */
export const restApi: readonly ResourceKind[] = [
  api,
  stage,
  pointedAt('AWS::ApiGateway::Resource', 'ResourceId'),
  pointedAt('AWS::ApiGateway::Method'),
  pointedAt('AWS::ApiGateway::Deployment', 'DeploymentId'),
  pointedAt('AWS::ApiGateway::Authorizer', 'AuthorizerId'),
  pointedAt('AWS::ApiGateway::GatewayResponse', 'Id'),
  pointedAt('AWS::ApiGateway::Account', 'Id'),
];
