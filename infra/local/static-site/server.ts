import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Listening, listen } from '../gateway/listen.ts';
import { wildcard } from '../gateway/policy.ts';
import type { Resource, World } from '../resource.ts';
import { type Behavior, type Distribution, readDistribution } from './distribution.ts';
import { answerFromEdge, edgeRequest, edgeResponse } from './edge.ts';
import { fetchOrigin, type Viewed } from './fetch-origin.ts';
import { applied } from './response-headers.ts';

/** Serves a distribution on its port of 127.0.0.1, from the engine and the servers behind it; nothing is cached. */
export function startDistribution(resource: Resource, world: World): Promise<Listening> {
  const distribution = readDistribution(resource, world);
  return listen(
    world.port(resource.id),
    (request, response) => serve(distribution, world, request, response),
    world,
  );
}

async function serve(
  distribution: Distribution,
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const viewed = viewedOf(request);
  const behavior = behaviorFor(distribution, viewed.path);
  if (!behavior.methods.includes(viewed.method)) {
    request.resume();
    say(response, 403, 'This distribution does not allow this method.');
    return;
  }
  const edge = { domain: distribution.domain, requestId: randomUUID(), ip: viewed.ip };
  const changed = behavior.onRequest ? edgeRequest(behavior.onRequest, edge, viewed) : viewed;
  if ('statusCode' in changed) return answerFromEdge(changed, response);
  const rooted = changed.path === '/' ? { ...changed, path: `/${distribution.rootObject}` } : changed;
  try {
    const [status, origin] = await answerFor(distribution, behavior, rooted, world, request);
    const headers = applied(behavior.headers, originHeaders(origin));
    const finished = behavior.onResponse
      ? edgeResponse(behavior.onResponse, edge, rooted, status, headers)
      : { status, headers };
    response.writeHead(finished.status, Object.fromEntries(finished.headers));
    await pipeline(origin, response);
  } catch (error) {
    if (response.headersSent) throw error;
    world.log(`${viewed.method} ${viewed.path}: no answer from the origin: ${error}`);
    say(response, 502, 'The origin does not answer.');
  }
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
}

function viewedOf(request: IncomingMessage): Viewed {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  return {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: request.headers,
    ip: (request.socket.remoteAddress ?? '127.0.0.1').replace('::ffff:', ''),
  };
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
