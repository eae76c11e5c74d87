import { beforeAll, describe, expect, test } from 'vitest';
import { statusOf } from '../../functions/edge/errors.ts';
import { errorCodes } from '../../shared/kernel/index.ts';
import { functions, type Route, routes } from '../../shared/wiring/index.ts';
import { type Declared, type Made, references, synthesized, text } from './synthesized.ts';

let made: Made;
beforeAll(() => {
  made = synthesized();
});

const only = (type: string): Declared => {
  const [declared, ...others] = made.ofType(type);
  if (declared === undefined || others.length > 0) throw new Error(`Not one ${type}`);
  return declared;
};
const parentOf = ({ Properties: { ParentId } }: Declared) => references(ParentId)[0];
const partOf = ({ Properties: { PathPart } }: Declared) => String(PathPart);

/** The resource that API Gateway picks: at each level a fixed part, else the variable one, else the rest. */
function resourceFor(path: string): string | undefined {
  const all = made.ofType('AWS::ApiGateway::Resource');
  let at: string | undefined = only('AWS::ApiGateway::RestApi').id;
  for (const part of path.split('/').slice(1)) {
    const children = all.filter((resource) => parentOf(resource) === at);
    const rest = children.find((child) => partOf(child) === '{proxy+}');
    const next =
      children.find((child) => partOf(child) === part) ?? children.find((child) => partOf(child) === '{id}');
    if (next === undefined) return rest?.id;
    at = next.id;
  }
  return at;
}

function methodsOf(resource: string | undefined): Map<string, Declared['Properties']> {
  const own = made
    .ofType('AWS::ApiGateway::Method')
    .filter(({ Properties: { ResourceId } }) => references(ResourceId)[0] === resource);
  return new Map(own.map(({ Properties: all }) => [String(all.HttpMethod), all]));
}

function answering(method: Declared['Properties'] | undefined): string | undefined {
  const ids = references(method?.Integration);
  const found = made.ofType('AWS::Lambda::Function').find(({ id }) => ids.includes(id));
  return typeof found?.Properties.Handler === 'string'
    ? found.Properties.Handler.replace('.handler', '')
    : undefined;
}

const sample = ({ path }: Route) => path.replaceAll(/\{\w+\}/g, 'some-value');
const open = ({ access }: Route) => ['public', 'key', 'signed'].includes(access);

describe('[F68] each route of the route table', () => {
  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    'reaches through the resources the function that it names: %s',
    (_, route) => {
      const methods = methodsOf(resourceFor(sample(route)));
      const method = methods.get(route.method) ?? methods.get('ANY');
      expect(answering(method)).toBe(route.function);
      expect(method?.Integration).toMatchObject({ Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' });
      expect(method?.AuthorizationType).toBe(open(route) ? 'NONE' : 'CUSTOM');
    },
  );

  test.each(routes.map((route) => [route.path, route] as const))(
    'lets the same function answer when a browser asks without credentials: %s',
    (_, route) => {
      const methods = methodsOf(resourceFor(sample(route)));
      expect([...methods.keys()]).toEqual(['ANY']);
      expect(answering(methods.get('ANY'))).toBe(route.function);
    },
  );

  test('is the reason of a method: no method is there without a route', () => {
    const reached = new Set(routes.flatMap((route) => resourceFor(sample(route)) ?? []));
    const having = made
      .ofType('AWS::ApiGateway::Method')
      .flatMap(({ Properties: own }) => references(own.ResourceId)[0]);
    expect(new Set(having)).toEqual(reached);
  });

  test('names a function that takes HTTP', () => {
    for (const route of routes) expect(functions[route.function].trigger, route.path).toBe('http');
  });
});

describe('each API', () => {
  /** Logical ids of the functions that the API's role may call, by the role that these integrations and authorizers name. */
  const callable = (
    kinds: readonly (readonly [type: string, named: (own: Declared['Properties']) => unknown])[],
  ) => {
    const named = kinds.flatMap(([type, by]) =>
      made.ofType(type).map(({ Properties: own }) => references(by(own))),
    );
    const roles = [...new Set(named.flat())];
    expect(named.every(({ length }) => length === 1)).toBe(true);
    expect(roles).toHaveLength(1);
    const role = made.ofType('AWS::IAM::Role').find(({ id }) => id === roles[0]);
    if (role === undefined) throw new Error('Not a role of the stack');
    const statements = made.statementsOf(role);
    expect(role.Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'apigateway.amazonaws.com' } },
      ],
    });
    expect(statements.map(({ Effect, Action }) => [Effect, Action])).toEqual([
      ['Allow', 'lambda:InvokeFunction'],
    ]);
    return { role: role.id, functions: statements.flatMap(({ Resource }) => references(Resource)).sort() };
  };
  const idsOf = (names: readonly string[]) =>
    made
      .ofType('AWS::Lambda::Function')
      .filter(({ Properties: { Handler } }) => names.includes(String(Handler).replace('.handler', '')))
      .map(({ id }) => id)
      .sort();

  test('calls by a role of its own exactly the functions that it has routes or authorizers for', () => {
    const rest = callable([
      ['AWS::ApiGateway::Method', (own) => (own.Integration as { Credentials: unknown }).Credentials],
      ['AWS::ApiGateway::Authorizer', (own) => own.AuthorizerCredentials],
    ]);
    const socket = callable([
      ['AWS::ApiGatewayV2::Integration', (own) => own.CredentialsArn],
      ['AWS::ApiGatewayV2::Authorizer', (own) => own.AuthorizerCredentialsArn],
    ]);
    expect(rest.functions).toEqual(idsOf([...routes.map((route) => route.function), 'Authorize']));
    expect(socket.functions).toEqual(idsOf(['Connect', 'Disconnect', 'Message', 'Ticket']));
    expect(socket.role).not.toBe(rest.role);
  });

  test('is in no policy of a function, for the role alone decides', () => {
    const principals = made.ofType('AWS::Lambda::Permission').map(({ Properties: own }) => own.Principal);
    expect(new Set(principals)).toEqual(new Set(['events.amazonaws.com']));
  });
});

describe('the REST API', () => {
  test('is regional and hands every body over as the bytes that were sent', () => {
    const { Properties: own } = only('AWS::ApiGateway::RestApi');
    expect(own).toMatchObject({ BinaryMediaTypes: ['*/*'], EndpointConfiguration: { Types: ['REGIONAL'] } });
    expect(own).not.toHaveProperty('MinimumCompressionSize');
  });

  test('lets functions answer everything, also what browsers ask before', () => {
    const kinds = made
      .ofType('AWS::ApiGateway::Method')
      .map(({ Properties: own }) => own.Integration as { Type: string });
    expect(new Set(kinds.map(({ Type }) => Type))).toEqual(new Set(['AWS_PROXY']));
  });

  test('asks the authorizer for each request, which remembers by token and organisation itself', () => {
    const { Properties: own } = only('AWS::ApiGateway::Authorizer');
    expect(own).toMatchObject({
      Type: 'REQUEST',
      AuthorizerResultTtlInSeconds: 0,
    });
    // With a source, a request without it would get a 401 of the gateway, and so would what a browser asks before it sends.
    expect(own).not.toHaveProperty('IdentitySource');
    expect(answering({ Integration: own.AuthorizerUri })).toBe('Authorize');
  });

  test('is throttled on the stage live, which logs no path, no query, no header and no key', () => {
    const { Properties: own } = only('AWS::ApiGateway::Stage');
    expect(own).toMatchObject({
      StageName: 'live',
      MethodSettings: [
        {
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 5000,
          ThrottlingBurstLimit: 2500,
          DataTraceEnabled: false,
        },
      ],
    });
    const { Format } = own.AccessLogSetting as { Format: string };
    const logged = [...Format.matchAll(/\$context\.([\w.]+)/g)].map(([, name]) => name);
    expect(logged).toContain('resourcePath');
    for (const name of logged)
      expect(name).not.toMatch(/^(path|authorizer\.(caller|principalId)|identity\.(apiKey|userAgent))$/);
    expect(Format).not.toMatch(/\$input|querystring|header/i);
  });

  test('answers faults of its own in the error body of the system, readable by the console', () => {
    const answers = made.ofType('AWS::ApiGateway::GatewayResponse');
    expect(answers.map(({ Properties: own }) => own.ResponseType)).toEqual(
      expect.arrayContaining(['DEFAULT_4XX', 'DEFAULT_5XX', 'UNAUTHORIZED', 'ACCESS_DENIED', 'THROTTLED']),
    );
    for (const { Properties: own } of answers) {
      const { 'application/json': template } = own.ResponseTemplates as { 'application/json': string };
      const { error } = JSON.parse(template) as { error: Record<string, string> };
      expect([...errorCodes, 'internal']).toContain(error.code);
      expect(error.message).toMatch(/\w.*\.$/);
      expect(error.requestId).toBe('$context.requestId');
      const headers = own.ResponseParameters as Record<string, unknown>;
      expect(text(headers['gatewayresponse.header.Access-Control-Allow-Origin'])).toMatch(
        /^'https:\/\/<ConsoleDistribution\w+>'$/,
      );
    }
  });

  test('says in its own answers the status that the functions use for the same code', () => {
    // What API Gateway answers where the template names no status.
    const usual: Record<string, number> = {
      ...{
        UNAUTHORIZED: 401,
        ACCESS_DENIED: 403,
        REQUEST_TOO_LARGE: 413,
        THROTTLED: 429,
        QUOTA_EXCEEDED: 429,
      },
      ...{ DEFAULT_4XX: 400, DEFAULT_5XX: 500 },
    };
    const expected: Record<string, number> = { ...statusOf, internal: 500 };
    for (const { Properties: own } of made.ofType('AWS::ApiGateway::GatewayResponse')) {
      const type = String(own.ResponseType);
      const { error } = JSON.parse(Object.values(own.ResponseTemplates as Record<string, string>)[0] ?? '');
      expect(Number(own.StatusCode ?? usual[type]), type).toBe(expected[error.code]);
    }
  });
});

describe('the socket API', () => {
  test('lets in by a ticket at $connect only, and has a function for each kind of event', () => {
    const found = made.ofType('AWS::ApiGatewayV2::Route').map(({ Properties: own }) => {
      const integration = made.resources.find(({ id }) => references(own.Target).includes(id));
      return [own.RouteKey, own.AuthorizationType, answering({ Integration: integration?.Properties })];
    });
    expect(found).toEqual([
      ['$connect', 'CUSTOM', 'Connect'],
      ['$disconnect', 'NONE', 'Disconnect'],
      ['$default', 'NONE', 'Message'],
    ]);
    const { Properties: own } = only('AWS::ApiGatewayV2::Authorizer');
    expect(own).toMatchObject({
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.querystring.ticket'],
    });
    expect(answering({ Integration: own.AuthorizerUri })).toBe('Ticket');
  });

  test('is throttled on the stage live, which logs no query, where the ticket is', () => {
    const { Properties: own } = only('AWS::ApiGatewayV2::Stage');
    expect(own).toMatchObject({
      StageName: 'live',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 2500 },
    });
    const { Format } = own.AccessLogSettings as { Format: string };
    expect(Format).not.toMatch(/querystring|ticket|authorizer/i);
  });

  test('starts logging only after API Gateway has its role', () => {
    const account = only('AWS::ApiGateway::Account').id;
    expect(only('AWS::ApiGatewayV2::Stage')).toMatchObject({ DependsOn: expect.arrayContaining([account]) });
    expect(only('AWS::ApiGateway::Stage')).toMatchObject({ DependsOn: expect.arrayContaining([account]) });
  });
});

describe('the addresses that functions get', () => {
  const values = (name: string) => {
    const found = made
      .ofType('AWS::Lambda::Function')
      .find(({ Properties: { Handler } }) => Handler === `${name}.handler`);
    if (found === undefined) throw new Error(`No function ${name}`);
    const { Variables } = found.Properties.Environment as { Variables: Record<string, unknown> };
    return Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, text(value)]));
  };

  test('are composed of ids, the region and the literal stage', () => {
    expect(values('Deliver')).toMatchObject({
      PUBLIC_URL: expect.stringMatching(
        /^https:\/\/<RestApi\w+>\.execute-api\.<AWS::Region>\.<AWS::URLSuffix>\/live$/,
      ),
      CONSOLE_URL: expect.stringMatching(/^https:\/\/<ConsoleDistribution\w+>$/),
      MAIL_FROM: 'incidents@example.com',
    });
    expect(values('Broadcast').SOCKET_ENDPOINT).toMatch(/^https:\/\/<SocketApi\w+>\.execute-api\..*\/live$/);
    expect(values('Authorize').OIDC_ISSUER).toMatch(
      /^https:\/\/cognito-idp\.<AWS::Region>\.<AWS::URLSuffix>\/<SignInUsers\w+>$/,
    );
  });
});
