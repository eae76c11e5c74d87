import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { certificateIn } from '../gateway/certificate.ts';
import { type Listening, listen } from '../gateway/listen.ts';
import type { Resource, World } from '../resource.ts';
import { type Distribution, isHttpsOnly, readDistribution } from './distribution.ts';
import { answerFromEdge, edgeRequest, edgeResponse } from './edge.ts';
import type { Viewed } from './fetch-origin.ts';
import { answerFor, behaviorFor } from './origin-answer.ts';
import { applied } from './response-headers.ts';

/** Serves a distribution on its port of 127.0.0.1, from the engine and the servers behind it; nothing is cached. */
export async function startDistribution(resource: Resource, world: World): Promise<Listening> {
  const distribution = readDistribution(resource, world);
  const secured = isHttpsOnly(resource.properties) && { certificate: await certificateIn(world.data) };
  return listen(
    world.port(resource.id),
    (request, response) => serve(distribution, world, request, response),
    { log: world.log, ...secured },
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
    const answer = await answerFor(distribution, behavior, rooted, world.engines.s3, request);
    const headers = applied(behavior.headers, answer.headers, request.headers.origin);
    const finished = behavior.onResponse
      ? edgeResponse(behavior.onResponse, edge, rooted, answer.status, headers)
      : { status: answer.status, headers };
    response.writeHead(finished.status, Object.fromEntries(finished.headers));
    await pipeline(answer.body, response);
  } catch (error) {
    if (hungUp(error)) return;
    world.log(`${viewed.method} ${viewed.path}: no answer from the origin: ${error}`);
    if (!response.headersSent) say(response, 502, 'The origin does not answer.');
  }
}

function hungUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
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
