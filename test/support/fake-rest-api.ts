import type { RestLimits } from '../../infra/local/gateway/limits.ts';
import { startRestApi } from '../../infra/local/gateway/rest/server.ts';
import type { Resource } from '../../infra/local/resource.ts';
import { type FakeFunction, type FakeWorld, fakeUri, fakeWorld, made } from './fake-world.ts';

/** A REST API of a test. */
export interface FakeRestApi {
  /** Such as `ANY /api/{proxy+}`, with the function that answers and the authorizer before it, or a whole integration. */
  readonly routes: Readonly<
    Record<string, { function?: string; authorizer?: string; integration?: Record<string, unknown> }>
  >;
  readonly functions?: Readonly<Record<string, FakeFunction>>;
  /** Properties of each authorizer by name; `function` names what decides. */
  readonly authorizers?: Readonly<Record<string, { function: string } & Record<string, unknown>>>;
  readonly responses?: readonly Record<string, unknown>[];
  readonly binary?: readonly string[];
  readonly limits?: Partial<RestLimits>;
}

/** A REST API that answers; `url` includes the stage. */
export interface RunningRestApi {
  readonly url: string;
  readonly port: number;
  readonly world: FakeWorld;
  stop(): Promise<void>;
}

const owner = { RestApiId: 'Rest' };

/** Starts a REST API with the resource tree that the routes need. */
export async function fakeRestApi(spec: FakeRestApi): Promise<RunningRestApi> {
  const api = made(
    'Rest',
    'AWS::ApiGateway::RestApi',
    { BinaryMediaTypes: spec.binary ?? ['*/*'] },
    { attributes: { RootResourceId: 'root' } },
  );
  const world = fakeWorld({ resources: [api, ...describe(spec)], functions: spec.functions ?? {} });
  const listening = await startRestApi(api, world, spec.limits);
  return {
    world,
    port: listening.port,
    url: `http://127.0.0.1:${listening.port}/live`,
    stop: () => listening.stop(),
  };
}

/** The resources below the API. */
function describe(spec: FakeRestApi): Resource[] {
  const stage = made('Stage', 'AWS::ApiGateway::Stage', {
    ...owner,
    StageName: 'live',
    Variables: { colour: 'blue' },
  });
  const authorizers = Object.entries(spec.authorizers ?? {}).map(
    ([name, { function: decides, ...properties }]) =>
      made(name, 'AWS::ApiGateway::Authorizer', { ...owner, AuthorizerUri: fakeUri(decides), ...properties }),
  );
  const responses = (spec.responses ?? []).map((properties, at) =>
    made(`Response${at}`, 'AWS::ApiGateway::GatewayResponse', { ...owner, ...properties }),
  );
  const parts = new Map<string, Resource>();
  const methods = Object.entries(spec.routes).map(
    ([route, { function: answers, authorizer, integration }]) => {
      const [method = '', path = ''] = route.split(' ');
      return made(route, 'AWS::ApiGateway::Method', {
        ...owner,
        HttpMethod: method,
        ResourceId: resourceId(path, parts),
        AuthorizationType: authorizer ? 'CUSTOM' : 'NONE',
        ...(authorizer ? { AuthorizerId: authorizer } : {}),
        Integration: integration ?? { Type: 'AWS_PROXY', Uri: fakeUri(answers ?? '') },
      });
    },
  );
  return [stage, ...authorizers, ...responses, ...parts.values(), ...methods];
}

function resourceId(path: string, parts: Map<string, Resource>): string {
  const segments = path.split('/').filter(Boolean);
  if (segments.length === 0) return 'root';
  const id = `/${segments.join('/')}`;
  const ParentId = resourceId(segments.slice(0, -1).join('/'), parts);
  parts.set(id, made(id, 'AWS::ApiGateway::Resource', { ...owner, ParentId, PathPart: segments.at(-1) }));
  return id;
}
