import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { World } from '../../resource.ts';
import { headerPairs, requestTime, type Values, valuesOf } from '../request-values.ts';
import type { RestApi } from './api.ts';
import type { Matched } from './routes.ts';

/** One request as the gateway took it in. */
export interface Call {
  readonly method: string;
  /** Without the stage, as the client sent it. */
  readonly path: string;
  readonly headers: Values;
  readonly query: Values;
  /** `$context`: what templates, authorizers and functions see. */
  readonly context: Readonly<Record<string, unknown>> & { readonly requestId: string };
}

/** Takes in a request; the stage in front of the path may be there or not. */
export function callOf(request: IncomingMessage, api: RestApi, world: World): Call {
  const [rawPath = '/', ...rest] = (request.url ?? '/').split('?');
  const staged = `/${api.stage.name}`;
  const path =
    rawPath === staged || rawPath.startsWith(`${staged}/`) ? rawPath.slice(staged.length) || '/' : rawPath;
  const sourceIp = (request.socket.remoteAddress ?? '127.0.0.1').replace('::ffff:', '');
  const sent = headerPairs(request.rawHeaders);
  const forwarded = sent
    .filter(([name]) => name.toLowerCase() === 'x-forwarded-for')
    .map(([, value]) => value);
  const headers = valuesOf(
    [
      ...sent.filter(([name]) => !/^x-forwarded-/i.test(name)),
      [
        'X-Amzn-Trace-Id',
        `Root=1-${Math.floor(world.clock.now() / 1000).toString(16)}-${randomUUID().replaceAll('-', '').slice(8)}`,
      ],
      ['X-Forwarded-For', [...forwarded, sourceIp].join(', ')],
      ['X-Forwarded-Port', String(request.socket.localPort)],
      ['X-Forwarded-Proto', 'http'],
    ],
    true,
  );
  const method = request.method ?? 'GET';
  return {
    method,
    path,
    headers,
    query: valuesOf(new URLSearchParams(rest.join('?'))),
    context: contextOf(request, { api, world, method, path, sourceIp }),
  };
}

interface About {
  readonly api: RestApi;
  readonly world: World;
  readonly method: string;
  readonly path: string;
  readonly sourceIp: string;
}

function contextOf(request: IncomingMessage, { api, world, method, path, sourceIp }: About) {
  const now = world.clock.now();
  const requestId = randomUUID();
  return {
    accountId: world.account.id,
    apiId: api.id,
    domainName: request.headers.host ?? '',
    domainPrefix: api.id,
    extendedRequestId: randomBytes(11).toString('base64'),
    httpMethod: method,
    identity: { ...nobody, sourceIp, userAgent: request.headers['user-agent'] ?? null },
    path: `/${api.stage.name}${path === '/' ? '/' : path}`,
    protocol: `HTTP/${request.httpVersion}`,
    requestId,
    requestTime: requestTime(now),
    requestTimeEpoch: now,
    stage: api.stage.name,
  };
}

const nobody = {
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

/** The parts that a proxy event and a REQUEST authorizer event share (AWS: "Lambda proxy integration input format"). */
export function sharedEvent(
  call: Call,
  matched: Matched,
  api: RestApi,
  authorizer?: Readonly<Record<string, unknown>>,
) {
  return {
    resource: matched.node.path,
    path: call.path,
    httpMethod: call.method,
    headers: call.headers.single,
    multiValueHeaders: call.headers.multi,
    queryStringParameters: call.query.single,
    multiValueQueryStringParameters: call.query.multi,
    pathParameters: Object.keys(matched.parameters).length === 0 ? null : matched.parameters,
    stageVariables: api.stage.variables,
    requestContext: {
      ...call.context,
      resourceId: matched.node.id,
      resourcePath: matched.node.path,
      ...(authorizer === undefined ? {} : { authorizer }),
    },
  };
}
