import { LambdaClient } from '@aws-sdk/client-lambda';
import { encoded, type Keys, signed } from './signature.ts';
import type { Target } from './target.ts';

/** What a command needs of a bucket. */
export interface ObjectStore {
  /** The keys of all objects whose key begins so. */
  list(prefix: string): AsyncIterable<string>;
  read(key: string): Promise<string>;
  remove(key: string): Promise<void>;
}

/** A bucket of the system. Reads, lists and deletes: too little to depend on one client more for it. */
export function bucketOf(target: Target, name: string): ObjectStore {
  const place = placeOf(target, name);
  const ask = async (method: 'GET' | 'DELETE', key: string, query: Readonly<Record<string, string>> = {}) => {
    const { address, region, keys } = await place;
    const path = key.split('/').map(encoded).join('/');
    const url = new URL(`${address}/${path}?${new URLSearchParams(query)}`.replace(/\?$/, ''));
    const headers = signed({ method, url, region, at: new Date() }, keys);
    const answer = await fetch(url, { method, headers, redirect: 'error' });
    const text = await answer.text();
    if (answer.ok) return text;
    const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? 'no reason given';
    throw new Error(`S3 answered ${answer.status} (${code}) to ${method} in the bucket ${name}`);
  };
  return {
    list: (prefix) => listed((query) => ask('GET', '', query), prefix),
    read: (key) => ask('GET', key),
    remove: async (key) => void (await ask('DELETE', key)),
  };
}

interface Place {
  readonly address: string;
  readonly region: string;
  readonly keys: Keys;
}

/** On AWS region and keys are found as every SDK client finds them. */
async function placeOf(target: Target, name: string): Promise<Place> {
  const { region, endpoint, credentials } = target.clientConfig('s3');
  if (endpoint !== undefined && credentials !== undefined) {
    return { address: `${endpoint}/${name}`, region: region ?? 'us-east-1', keys: credentials };
  }
  const { config } = new LambdaClient(target.clientConfig('s3'));
  const found = await config.region();
  return {
    address: `https://${name}.s3.${found}.amazonaws.com`,
    region: found,
    keys: await config.credentials(),
  };
}

async function* listed(
  ask: (query: Readonly<Record<string, string>>) => Promise<string>,
  prefix: string,
): AsyncIterable<string> {
  let more: string | undefined;
  do {
    const page = await ask({
      'list-type': '2',
      prefix,
      ...(more !== undefined && { 'continuation-token': more }),
    });
    for (const [, key = ''] of page.matchAll(/<Key>([^<]*)<\/Key>/g)) yield plain(key);
    const token = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(page)?.[1];
    more = token === undefined ? undefined : plain(token);
  } while (more !== undefined);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plain = (text: string): string =>
  text.replaceAll(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole);
