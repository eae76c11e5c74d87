import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { wildcard } from '../wildcard.ts';
import type { Behavior, Distribution } from './distribution.ts';
import { fetchOrigin, type Viewed } from './fetch-origin.ts';

/** What goes to the viewer, before the response headers policy. */
export interface OriginAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string | string[]>;
  readonly body: Readable;
}

/** The first behaviour whose pattern fits the path. */
export function behaviorFor({ behaviors }: Distribution, path: string): Behavior {
  const behavior = behaviors.find(({ pattern }) => wildcard(pattern, path.slice(1)));
  if (!behavior) throw new Error('the default behaviour must fit every path');
  return behavior;
}

/** Asks the origin, and puts the error page of its status in place of its answer where the distribution has one. */
export async function answerFor(
  distribution: Distribution,
  behavior: Behavior,
  viewed: Viewed,
  s3: string,
  body: IncomingMessage,
): Promise<OriginAnswer> {
  const sends = !['GET', 'HEAD', 'OPTIONS'].includes(viewed.method);
  const origin = asSeen(behavior, viewed, await fetchOrigin(behavior, viewed, s3, sends ? body : undefined));
  const error = distribution.errorPages.get(origin.status);
  if (error?.page === undefined) return { ...origin, status: error?.status ?? origin.status };
  const method = viewed.method === 'HEAD' ? 'HEAD' : 'GET';
  const page: Viewed = { ...viewed, method, path: error.page, query: '', headers: {} };
  const pages = behaviorFor(distribution, error.page);
  const found = asSeen(pages, page, await fetchOrigin(pages, page, s3));
  const [used, unused] =
    found.status === 200 ? [{ ...found, status: error.status }, origin] : [origin, found];
  unused.body.resume();
  return used;
}

const denied =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';

/** A private bucket says 403 for what it does not hold, since the CDN may not list it, and does not give its name. */
function asSeen({ origin }: Behavior, { method }: Viewed, answer: IncomingMessage): OriginAnswer {
  const status = answer.statusCode ?? 502;
  if (!('bucket' in origin) || status !== 404) return { status, headers: kept(answer), body: answer };
  answer.resume();
  const headers = new Map([...kept(answer), ['content-length', String(denied.length)] as const]);
  return { status: 403, headers, body: Readable.from(method === 'HEAD' ? [] : [denied]) };
}

const hops = new Set(['connection', 'keep-alive', 'transfer-encoding', 'x-amz-id-2', 'x-amz-request-id']);

function kept(answer: IncomingMessage): Map<string, string | string[]> {
  const headers = Object.entries(answer.headers).filter(([name]) => !hops.has(name));
  return new Map([
    ...headers.map(([name, value]) => [name, value ?? ''] as const),
    ['via', '1.1 local (CloudFront)'],
    ['x-cache', 'Miss from cloudfront'],
  ]);
}
