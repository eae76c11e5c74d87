import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Behavior, Origin } from './distribution.ts';
import { selects } from './selection.ts';

/** A request of a viewer, as it goes on to an origin. */
export interface Viewed {
  readonly method: string;
  /** Path as the viewer sent it, or as an edge function changed it. */
  readonly path: string;
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly ip: string;
}

const always = [
  'content-type',
  'content-length',
  'transfer-encoding',
  'if-none-match',
  'if-modified-since',
  'range',
];
const never = new Set(['connection', 'keep-alive', 'upgrade', 'expect']);

/** Asks the origin of a behaviour, letting through what its policies select; `body` is streamed. */
export function fetchOrigin(
  behavior: Behavior,
  viewed: Viewed,
  s3: string,
  body?: IncomingMessage,
): Promise<IncomingMessage> {
  const query = selectedQuery(behavior, viewed.query);
  const url = new URL(base(behavior.origin, s3));
  const headers = {
    ...selectedHeaders(behavior, viewed),
    ...('headers' in behavior.origin ? behavior.origin.headers : {}),
  };
  return new Promise((resolve, reject) => {
    const path = `${url.pathname === '/' ? '' : url.pathname}${behavior.origin.path}${viewed.path}${query === '' ? '' : `?${query}`}`;
    const outgoing = httpRequest(
      { host: url.hostname, port: url.port, method: viewed.method, path, headers },
      resolve,
    );
    outgoing.once('error', reject);
    if (body === undefined) outgoing.end();
    else body.pipe(outgoing);
  });
}

function base(origin: Origin, s3: string): string {
  return 'bucket' in origin ? `${s3}/${origin.bucket}` : `http://${origin.host.replace(/^https?:\/\//, '')}`;
}

function selectedQuery({ forwards, origin }: Behavior, query: string): string {
  if ('bucket' in origin) return '';
  const chosen = query.split('&').filter((pair) => {
    const name = pair.split('=')[0] ?? '';
    return pair !== '' && forwards.some((policy) => selects(policy.query, name));
  });
  return chosen.join('&');
}

function selectedHeaders({ forwards, origin }: Behavior, viewed: Viewed): Record<string, string | string[]> {
  const passes = (name: string) =>
    !never.has(name) &&
    (always.includes(name) ||
      (!('bucket' in origin) && forwards.some((policy) => selects(policy.headers, name))));
  const chosen = Object.entries(viewed.headers).filter(
    (entry): entry is [string, string | string[]] => entry[1] !== undefined && passes(entry[0]),
  );
  const forwarded = [viewed.headers['x-forwarded-for'], viewed.ip].filter(Boolean).join(', ');
  return {
    'user-agent': 'Amazon CloudFront',
    ...Object.fromEntries(chosen),
    via: '1.1 local (CloudFront)',
    'x-forwarded-for': forwarded,
  };
}
