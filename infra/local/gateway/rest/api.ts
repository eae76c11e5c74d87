import type { Resource, World } from '../../resource.ts';
import { apiArn, invocable } from '../invoke.ts';
import { binaryMatcher } from './binary.ts';
import { checkShape, type ResponseShape } from './gateway-response.ts';
import { type MockAnswer, mockAnswers } from './mock.ts';
import { nodesOf, type PathPart, type RouteNode, routeTree } from './routes.ts';

/** A Lambda authorizer of the API. */
export interface Authorizer {
  readonly id: string;
  readonly type: 'REQUEST' | 'TOKEN';
  readonly function: string;
  readonly sources: readonly string[];
  readonly validation: RegExp | undefined;
  readonly ttlMs: number;
}

/** One method of one resource: who may call it, and what answers. */
export interface Method {
  readonly authorizer: Authorizer | undefined;
  readonly integration: { readonly function: string } | { readonly mock: readonly MockAnswer[] };
}

/** A REST API as the template describes it, ready to serve. */
export interface RestApi {
  readonly id: string;
  readonly stage: { readonly name: string; readonly variables: Readonly<Record<string, string>> | null };
  readonly root: RouteNode;
  /** By resource id, then by method name or ANY. */
  readonly methods: ReadonlyMap<string, ReadonlyMap<string, Method>>;
  readonly shapes: ReadonlyMap<string, ResponseShape>;
  readonly isBinary: (mediaType: string) => boolean;
}

interface Owned {
  readonly RestApiId: string;
}
interface MethodProperties extends Owned {
  readonly ResourceId: string;
  readonly HttpMethod: string;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly ApiKeyRequired?: boolean;
  readonly Integration?: Readonly<Record<string, unknown>>;
}
interface AuthorizerProperties extends Owned {
  readonly Type: string;
  readonly AuthorizerUri: string;
  readonly AuthorizerCredentials?: string;
  readonly IdentitySource?: string;
  readonly IdentityValidationExpression?: string;
  readonly AuthorizerResultTtlInSeconds?: number;
}

/** Gathers all parts of one REST API. Throws for what the local gateway does not do, naming the resource. */
export function readRestApi(
  api: Resource<{ readonly BinaryMediaTypes?: readonly string[] }>,
  world: World,
): RestApi {
  const own = <Properties extends Owned>(type: string) =>
    world
      .all<Properties>(`AWS::ApiGateway::${type}`)
      .filter(({ properties }) => properties.RestApiId === api.identity.ref);
  const [stage, second] = own<Owned & { StageName: string; Variables?: Record<string, string> }>('Stage');
  if (!stage || second) throw new Error(`${api.id}: the local gateway serves one stage of a REST API`);
  const authorizers = new Map(
    own<AuthorizerProperties>('Authorizer').map((one) => [one.identity.ref, authorizerOf(one, api, world)]),
  );
  const parts = own<Owned & { ParentId: string; PathPart: string }>('Resource').map(
    ({ identity, properties }): PathPart => ({
      id: identity.ref,
      parentId: properties.ParentId,
      pathPart: properties.PathPart,
    }),
  );
  const shapes = own<Owned & ResponseShape>('GatewayResponse');
  for (const shape of shapes) checkShape(shape.properties, shape.id);
  const byResource = Map.groupBy(own<MethodProperties>('Method'), ({ properties }) => properties.ResourceId);
  const root = routeTree(api.identity.attributes.RootResourceId ?? '', parts);
  const paths = new Map(nodesOf(root).map(({ id, path }) => [id, path]));
  const made = (one: Resource<MethodProperties>) => {
    const { HttpMethod, ResourceId } = one.properties;
    const method = HttpMethod === 'ANY' ? '*' : HttpMethod;
    const source = `${apiArn(world, api)}/${stage.properties.StageName}/${method}${paths.get(ResourceId) ?? ''}`;
    return methodOf(one, authorizers, (uri, credentials) =>
      invocable(world, one.id, { uri, source, credentials }),
    );
  };
  return {
    id: api.identity.ref,
    stage: { name: stage.properties.StageName, variables: stage.properties.Variables ?? null },
    root,
    methods: new Map(
      [...byResource].map(([id, all]) => [
        id,
        new Map(all.map((one) => [one.properties.HttpMethod, made(one)])),
      ]),
    ),
    shapes: new Map(shapes.map(({ properties }) => [properties.ResponseType, properties])),
    isBinary: binaryMatcher(api.properties.BinaryMediaTypes ?? []),
  };
}

function authorizerOf(
  { id, identity, properties }: Resource<AuthorizerProperties>,
  api: Pick<Resource, 'identity'>,
  world: World,
): Authorizer {
  const type = properties.Type;
  if (type !== 'REQUEST' && type !== 'TOKEN')
    throw new Error(`${id}: the local gateway knows no ${type} authorizers`);
  const validation = properties.IdentityValidationExpression;
  return {
    id: identity.ref,
    type,
    function: invocable(world, id, {
      uri: properties.AuthorizerUri,
      source: `${apiArn(world, api)}/authorizers/${identity.ref}`,
      credentials: properties.AuthorizerCredentials,
    }),
    sources: (properties.IdentitySource ?? '')
      .split(',')
      .map((source) => source.trim())
      .filter(Boolean),
    validation: validation === undefined ? undefined : new RegExp(`^(?:${validation})$`),
    ttlMs: (properties.AuthorizerResultTtlInSeconds ?? 300) * 1000,
  };
}

function methodOf(
  { id, properties }: Resource<MethodProperties>,
  authorizers: ReadonlyMap<string, Authorizer>,
  invoked: (uri: unknown, credentials: unknown) => string,
): Method {
  const { AuthorizationType = 'NONE', AuthorizerId, ApiKeyRequired, Integration = {} } = properties;
  if (ApiKeyRequired === true) throw new Error(`${id}: the local gateway knows no API keys`);
  const authorizer = AuthorizationType === 'CUSTOM' ? authorizers.get(AuthorizerId ?? '') : undefined;
  if (AuthorizationType !== 'NONE' && !authorizer)
    throw new Error(`${id}: no local authorizer for ${AuthorizationType} ${AuthorizerId}`);
  if (Integration.Type === 'AWS_PROXY')
    return { authorizer, integration: { function: invoked(Integration.Uri, Integration.Credentials) } };
  if (Integration.Type === 'MOCK') return { authorizer, integration: { mock: mockAnswers(Integration, id) } };
  throw new Error(`${id}: the local gateway knows no ${Integration.Type} integrations`);
}
