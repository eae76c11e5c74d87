import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Resource, World } from '../../resource.ts';
import { readBody } from '../body.ts';
import { type RestLimits, restLimits } from '../limits.ts';
import { type Listening, listen } from '../listen.ts';
import { headerOf } from '../request-values.ts';
import { type Answer, send } from './answer.ts';
import { type Method, type RestApi, readRestApi } from './api.ts';
import { authorize, type Remembered } from './authorize.ts';
import { type Call, callOf } from './event.ts';
import { GatewayFailure } from './failures.ts';
import { failureAnswer } from './gateway-response.ts';
import { chooseMock } from './mock.ts';
import { callFunction } from './proxy.ts';
import { type Matched, matchRoute } from './routes.ts';

interface Gateway {
  readonly api: RestApi;
  readonly world: World;
  readonly limits: RestLimits;
  readonly remembered: Remembered;
}

/** Serves a REST API on its port of 127.0.0.1. */
export function startRestApi(
  resource: Resource,
  world: World,
  changed: Partial<RestLimits> = {},
): Promise<Listening> {
  const limits = { ...restLimits, ...changed };
  const gateway: Gateway = { api: readRestApi(resource, world), world, limits, remembered: new Map() };
  return listen(world.port(resource.id), (request, response) => serve(gateway, request, response), {
    ...limits,
    log: world.log,
  });
}

async function serve(gateway: Gateway, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = callOf(request, gateway.api, gateway.world);
  response.setHeader('x-amzn-RequestId', call.context.requestId);
  response.setHeader('Date', new Date(gateway.world.clock.now()).toUTCString());
  response.setHeader('x-amz-apigw-id', String(call.context.extendedRequestId));
  try {
    const body = await readBody(request, gateway.limits.requestBytes);
    if (body === undefined) throw new GatewayFailure('REQUEST_TOO_LARGE');
    // Only from here on is it work of the system: a client that is still sending must not hold the clock.
    send(response, await gateway.world.busy(() => answerTo(gateway, call, body)));
  } catch (error) {
    if (!(error instanceof GatewayFailure)) throw error;
    if (error.detail !== undefined) gateway.world.log(`${call.method} ${call.path}: ${error.message}`);
    send(
      response,
      failureAnswer(error, gateway.api.shapes, call.context, (name) => headerOf(call.headers, name)),
    );
  }
}

async function answerTo(gateway: Gateway, call: Call, body: Buffer): Promise<Answer> {
  const { api, world, limits, remembered } = gateway;
  const { matched, method } = route(api, call);
  const authorizer =
    method.authorizer &&
    (await authorize(method.authorizer, call, matched, {
      api,
      world,
      remembered,
      integrationMs: limits.integrationMs,
    }));
  if ('function' in method.integration) {
    return callFunction(
      method.integration.function,
      { call, matched, body, authorizer },
      { api, world, limits },
    );
  }
  const answer = chooseMock(method.integration.mock);
  if (answer === undefined)
    throw new GatewayFailure('DEFAULT_5XX', 'no response of the MOCK integration fits');
  return answer;
}

/** An unknown path and an unknown method look alike: 403 "Missing Authentication Token", as in AWS. */
function route(api: RestApi, call: Call): { matched: Matched; method: Method } {
  const matched = matchRoute(api.root, call.path, (node) => api.methods.has(node.id));
  const methods = matched && api.methods.get(matched.node.id);
  const method = methods?.get(call.method) ?? methods?.get('ANY');
  if (!matched || !method) throw new GatewayFailure('MISSING_AUTHENTICATION_TOKEN');
  return { matched, method };
}
