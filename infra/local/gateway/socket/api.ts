import type { Resource, World } from '../../resource.ts';
import { apiArn, invocable } from '../invoke.ts';

/** One route of a WebSocket API. */
export interface Route {
  readonly function: string;
  /** Whether what the function returns goes back to the client. */
  readonly answers: boolean;
}

/** A WebSocket API as the template describes it, ready to serve. */
export interface SocketApi {
  readonly id: string;
  /** `arn:aws:execute-api:<region>:<account>:<api>/<stage>` */
  readonly arn: string;
  readonly stage: { readonly name: string; readonly variables: Readonly<Record<string, string>> | undefined };
  /** By route key: `$connect`, `$disconnect`, `$default` and the product's own. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly authorizer: { readonly function: string; readonly sources: readonly string[] } | undefined;
  /** Where in the body of a frame its route stands, such as `['action']`. */
  readonly selection: readonly string[];
}

interface Owned {
  readonly ApiId: string;
}
interface RouteProperties extends Owned {
  readonly RouteKey: string;
  readonly Target: string;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly RouteResponseSelectionExpression?: string;
}
interface IntegrationProperties extends Owned {
  readonly IntegrationType: string;
  readonly IntegrationUri: string;
  readonly CredentialsArn?: string;
}
interface ApiProperties {
  readonly ProtocolType: string;
  readonly RouteSelectionExpression?: string;
}

/** Gathers all parts of one WebSocket API. Throws for what the local gateway does not do, naming the resource. */
export function readSocketApi(api: Resource<Partial<ApiProperties>>, world: World): SocketApi {
  const { ProtocolType, RouteSelectionExpression = '' } = api.properties;
  if (ProtocolType !== 'WEBSOCKET')
    throw new Error(`${api.id}: the local gateway knows no ${ProtocolType} API of version 2`);
  const selection = /^\$request\.body\.([\w.]+)$/.exec(RouteSelectionExpression)?.[1];
  if (selection === undefined)
    throw new Error(`${api.id}: cannot select routes by ${JSON.stringify(RouteSelectionExpression)}`);
  const own = <Properties extends Owned>(type: string) =>
    world
      .all<Properties>(`AWS::ApiGatewayV2::${type}`)
      .filter(({ properties }) => properties.ApiId === api.identity.ref);
  const [stage, second] = own<Owned & { StageName: string; StageVariables?: Record<string, string> }>(
    'Stage',
  );
  if (!stage || second) throw new Error(`${api.id}: the local gateway serves one stage of a WebSocket API`);
  const arn = `${apiArn(world, api)}/${stage.properties.StageName}`;
  const integrations = own<IntegrationProperties>('Integration');
  const routes = own<RouteProperties>('Route').map(({ id, properties }): [string, Route] => {
    const integration = integrations.find(
      ({ identity }) => properties.Target === `integrations/${identity.ref}`,
    );
    if (integration?.properties.IntegrationType !== 'AWS_PROXY')
      throw new Error(`${id}: the local gateway knows AWS_PROXY integrations only`);
    const answers = properties.RouteResponseSelectionExpression !== undefined;
    const { IntegrationUri: uri, CredentialsArn: credentials } = integration.properties;
    const invoked = invocable(world, id, { uri, source: `${arn}/${properties.RouteKey}`, credentials });
    return [properties.RouteKey, { function: invoked, answers }];
  });
  return {
    id: api.identity.ref,
    arn,
    stage: { name: stage.properties.StageName, variables: stage.properties.StageVariables },
    routes: new Map(routes),
    authorizer: authorizerOf(
      own<RouteProperties>('Route'),
      own<AuthorizerProperties>('Authorizer'),
      api,
      world,
    ),
    selection: selection.split('.'),
  };
}

interface AuthorizerProperties extends Owned {
  readonly AuthorizerType: string;
  readonly AuthorizerUri: string;
  readonly AuthorizerCredentialsArn?: string;
  readonly IdentitySource?: readonly string[];
}

function authorizerOf(
  routes: readonly Resource<RouteProperties>[],
  authorizers: readonly Resource<AuthorizerProperties>[],
  api: Resource<Partial<ApiProperties>>,
  world: World,
): SocketApi['authorizer'] {
  const guarded = routes.filter(({ properties }) => (properties.AuthorizationType ?? 'NONE') !== 'NONE');
  const [connect, other] = guarded;
  if (!connect) return undefined;
  if (other || connect.properties.RouteKey !== '$connect')
    throw new Error(`${(other ?? connect).id}: only $connect can have an authorizer`);
  const found = authorizers.find(({ identity }) => identity.ref === connect.properties.AuthorizerId);
  if (found?.properties.AuthorizerType !== 'REQUEST')
    throw new Error(`${connect.id}: the local gateway knows REQUEST authorizers only`);
  return {
    function: invocable(world, found.id, {
      uri: found.properties.AuthorizerUri,
      source: `${apiArn(world, api)}/authorizers/${found.identity.ref}`,
      credentials: found.properties.AuthorizerCredentialsArn,
    }),
    sources: found.properties.IdentitySource ?? [],
  };
}
