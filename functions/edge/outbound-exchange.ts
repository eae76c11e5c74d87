import type { IncomingMessage } from 'node:http';
import { request as plainRequest } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import type { LookupFunction } from 'node:net';
import { RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { OutboundFailure } from './outbound-failure.ts';
import type { Target } from './outbound-target.ts';
import { privateLookup } from './private-network.ts';

/** A request as it goes out. */
export interface OutboundRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For a certificate or a confirmation of Amazon SNS, whose name is one of those that else lead inside. */
  readonly isForSns?: boolean;
  /** For a cluster that an administrator registered. */
  readonly cluster?: {
    /** The certificates that its own must be signed by, in PEM; left out, those that every browser trusts. */
    readonly ca?: string | undefined;
    /** The explicit exception: it lies in a private network. */
    readonly isPrivate: boolean;
  };
}

/** An answer, whatever its status. A redirect is one too: it is never followed. */
export interface OutboundAnswer {
  readonly status: number;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Its end was not read: it is longer than the bytes that it was given. */
  readonly isCut?: true;
}

/** How much one exchange may take: milliseconds from its beginning to the last byte, and bytes of the answer. */
export interface ExchangeLimits {
  readonly time: number;
  readonly bytes: number;
  /** What becomes of a longer answer: its beginning is given, or it is no answer. */
  readonly beyond: 'cut' | 'refuse';
}

// Connections are not kept: one that idled while the environment was frozen may be closed already.
const guarded = new RequestFilteringHttpsAgent({ keepAlive: false });
const unguarded = new Agent({ keepAlive: false });

/** One request and its answer. */
export function exchange(
  target: Target,
  { method, headers = {}, body, cluster }: Omit<OutboundRequest, 'url'>,
  { time, ...most }: ExchangeLimits,
  lookup?: LookupFunction,
): Promise<OutboundAnswer> {
  const own = { ...headers, 'accept-encoding': 'identity', 'user-agent': 'incident-management' };
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options: RequestOptions = {
    method,
    headers: { ...own, ...length },
    ...(cluster?.ca !== undefined && { ca: cluster.ca }),
    ...(lookup && { lookup }),
    ...wayTo(target, lookup),
  };
  const { url } = target;
  return new Promise((resolve, reject) => {
    const ask = url.protocol === 'http:' ? plainRequest : request;
    const sent = ask(url, options, (answer) => {
      answerOf(answer, most).then(resolve, reject).finally(finish);
    });
    const timer = setTimeout(() => {
      reject(new OutboundFailure('timeout', 'it did not answer in time'));
      sent.destroy();
    }, time);
    const finish = () => {
      clearTimeout(timer);
      sent.destroy();
    };
    sent.on('error', (error) => {
      reject(failureOf(error));
      finish();
    });
    sent.end(body);
  });
}

/** How a target is connected to, and what looks at the addresses of its name. */
function wayTo({ isAllowed, isPrivate }: Target, lookup?: LookupFunction): RequestOptions {
  if (isAllowed) return { agent: false };
  return isPrivate ? { agent: unguarded, lookup: privateLookup(lookup) } : { agent: guarded };
}

async function answerOf(
  answer: IncomingMessage,
  most: Omit<ExchangeLimits, 'time'>,
): Promise<OutboundAnswer> {
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    throw new OutboundFailure(
      'too-large',
      `it answered compressed (${encoding.slice(0, 20)}) without being asked to`,
    );
  const body = await bodyOf(answer, most);
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
  return { status: answer.statusCode ?? 0, headers: Object.fromEntries(headers), ...body };
}

async function bodyOf(
  answer: IncomingMessage,
  { bytes, beyond }: Omit<ExchangeLimits, 'time'>,
): Promise<Pick<OutboundAnswer, 'body' | 'isCut'>> {
  const parts: Buffer[] = [];
  let left = bytes;
  try {
    for await (const part of answer) {
      const read = part as Buffer;
      parts.push(read.subarray(0, left));
      left -= read.length;
      if (left < 0) break;
    }
  } catch (error) {
    throw failureOf(error);
  }
  const all = Buffer.concat(parts);
  if (left >= 0) return { body: all.toString('utf8') };
  if (beyond === 'refuse')
    throw new OutboundFailure('too-large', `it answered with more than ${bytes} bytes`);
  // As of a stream that goes on, so that no letter is cut in two.
  return { body: new TextDecoder('utf-8', { ignoreBOM: true }).decode(all, { stream: true }), isCut: true };
}

/** The guard's own words name the private address that a name led to, which tells about the network; so does `cause`, for the log. */
function failureOf(error: unknown): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  const { message, code = '' } = error as NodeJS.ErrnoException;
  if (/is not allowed\. Because/.test(message))
    return new OutboundFailure('refused', 'the address is refused, because it leads to a private network', {
      cause: error,
    });
  const why = /^[A-Z_]{3,40}$/.test(code) ? ` (${code})` : '';
  return new OutboundFailure('unreachable', `it could not be reached${why}`, { cause: error });
}
