import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Listening, listen } from '../gateway/listen.ts';
import { wildcard } from '../gateway/policy.ts';
import type { Resource, World } from '../resource.ts';
import { type Behavior, type Distribution, readDistribution } from './distribution.ts';
import type { EdgeFunction, EdgeRequest, EdgeResponse } from './edge-function.ts';
import { fetchOrigin, type Viewed } from './fetch-origin.ts';
import { applied } from './response-headers.ts';

/** Serves a distribution on its port of 127.0.0.1, from the engine and the servers behind it; nothing is cached. */
export function startDistribution(resource: Resource, world: World): Promise<Listening> {
  const distribution = readDistribution(resource, world);
  return listen(
    world.port(resource.id),
    (request, response) => world.busy(() => serve(distribution, world, request, response)),
    world,
  );
}

async function serve(
  distribution: Distribution,
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  const viewed: Viewed = {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: request.headers,
    ip: (request.socket.remoteAddress ?? '127.0.0.1').replace('::ffff:', ''),
  };
  const behavior = behaviorFor(distribution, path);
  if (!behavior.methods.includes(viewed.method)) {
    request.resume();
    return void response
      .writeHead(403, { 'content-type': 'text/plain' })
      .end('This distribution does not allow this method.');
  }
  const edge = { domain: distribution.domain, requestId: randomUUID(), ip: viewed.ip };
  const changed = behavior.onRequest ? edgeRequest(behavior.onRequest, edge, viewed) : viewed;
  if ('statusCode' in changed) return answerFromEdge(changed, response);
  const rooted = changed.path === '/' ? { ...changed, path: `/${distribution.rootObject}` } : changed;
  const [status, origin] = await answerFor(distribution, behavior, rooted, world, request);
  const headers = applied(behavior.headers, originHeaders(origin));
  const finished = behavior.onResponse
    ? edgeResponse(behavior.onResponse, edge, rooted, status, headers)
    : { status, headers };
  response.writeHead(finished.status, Object.fromEntries(finished.headers));
  await pipeline(origin, response);
}

function behaviorFor({ behaviors }: Distribution, path: string): Behavior {
  const behavior = behaviors.find(({ pattern }) => wildcard(pattern, path.slice(1)));
  if (!behavior) throw new Error('the default behaviour must fit every path');
  return behavior;
}

/** A private bucket says 403 for what it does not hold, since the CDN may not list it; then the error pages apply. */
async function answerFor(
  distribution: Distribution,
  behavior: Behavior,
  viewed: Viewed,
  world: World,
  body: IncomingMessage,
): Promise<[status: number, answer: IncomingMessage]> {
  const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(viewed.method);
  const origin = await fetchOrigin(behavior, viewed, world.engines.s3, hasBody ? body : undefined);
  const status = 'bucket' in behavior.origin && origin.statusCode === 404 ? 403 : (origin.statusCode ?? 502);
  const error = distribution.errorPages.get(status);
  if (error?.page === undefined) return [error?.status ?? status, origin];
  const page: Viewed = {
    ...viewed,
    method: viewed.method === 'HEAD' ? 'HEAD' : 'GET',
    path: error.page,
    query: '',
    headers: {},
  };
  const found = await fetchOrigin(behaviorFor(distribution, error.page), page, world.engines.s3);
  if (found.statusCode !== 200) {
    found.resume();
    return [status, origin];
  }
  origin.resume();
  return [error.status, found];
}

const hops = new Set(['connection', 'keep-alive', 'transfer-encoding', 'x-amz-id-2', 'x-amz-request-id']);

function originHeaders(origin: IncomingMessage): Map<string, string | string[]> {
  const kept = Object.entries(origin.headers).filter(([name]) => !hops.has(name));
  return new Map([
    ...kept.map(([name, value]) => [name, value ?? ''] as const),
    ['via', '1.1 local (CloudFront)'],
    ['x-cache', 'Miss from cloudfront'],
  ]);
}

type Edge = { readonly domain: string; readonly requestId: string; readonly ip: string };

function asEdgeRequest({ method, path, query, headers }: Viewed): EdgeRequest {
  const values = (pairs: Iterable<readonly [string, string]>) =>
    Object.fromEntries([...pairs].map(([name, value]) => [name, { value }]));
  const present = Object.entries(headers).map(
    ([name, value]) => [name, [value ?? ''].flat().join(', ')] as const,
  );
  return { method, uri: path, querystring: values(new URLSearchParams(query)), headers: values(present) };
}

function edgeRequest(run: EdgeFunction, edge: Edge, viewed: Viewed): Viewed | EdgeResponse {
  const result = run({ ...edge, eventType: 'viewer-request', request: asEdgeRequest(viewed) });
  if ('statusCode' in result) return result;
  const pairs = (values: EdgeRequest['headers']) =>
    Object.entries(values).map(([name, { value }]) => [name, value]);
  return {
    ...viewed,
    path: result.uri,
    query: new URLSearchParams(pairs(result.querystring)).toString(),
    headers: Object.fromEntries(pairs(result.headers)),
  };
}

function edgeResponse(
  run: EdgeFunction,
  edge: Edge,
  viewed: Viewed,
  status: number,
  headers: ReadonlyMap<string, string | string[]>,
) {
  const values = Object.fromEntries(
    [...headers].map(([name, value]) => [name, { value: [value].flat().join(', ') }]),
  );
  const request = asEdgeRequest(viewed);
  const result = run({
    ...edge,
    eventType: 'viewer-response',
    request,
    response: { statusCode: status, headers: values },
  });
  if (!('statusCode' in result)) throw new Error('a viewer-response function must return a response');
  const changed = Object.entries(result.headers ?? {}).map(([name, { value }]): [string, string] => [
    name,
    value,
  ]);
  return { status: result.statusCode, headers: new Map<string, string | string[]>(changed) };
}

function answerFromEdge({ statusCode, headers = {}, body }: EdgeResponse, response: ServerResponse): void {
  const text = typeof body === 'string' ? body : (body?.data ?? '');
  response
    .writeHead(
      statusCode,
      Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value])),
    )
    .end(text);
}
