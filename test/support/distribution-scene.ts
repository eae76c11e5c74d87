import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Listening } from '../../infra/local/gateway/listen.ts';
import type { Resource } from '../../infra/local/resource.ts';
import { startDistribution } from '../../infra/local/static-site/server.ts';
import { fakeWorld, made } from './fake-world.ts';
import { bucketEngine, type TestEngine } from './test-engines.ts';

let s3: TestEngine;
let api: Server;
/** What the API behind the CDN was asked, in this test. */
export const asked: IncomingMessage[] = [];
const sent: string[] = [];
/** The bodies that came with it. */
export const body = (): string => sent.join('');
const running: Listening[] = [];

/** Starts bucket and API for the tests of a file, which calls this once: several files may run in one process. */
export function distributionScene(): void {
  beforeAll(async () => {
    s3 = await bucketEngine('site-bucket');
    const put = (key: string, content: string, type: string) =>
      fetch(`${s3.url}/site-bucket/${key}`, {
        method: 'PUT',
        body: content,
        headers: { 'content-type': type },
      });
    await put('index.html', '<h1>console</h1>', 'text/html');
    await put('a%20b.txt', 'spaced', 'text/plain');
    await put('status/acme/index.html', '<h1>status</h1>', 'text/html');
    api = createServer((request, response) => {
      asked.push(request);
      request.on('data', (chunk) => {
        sent.push(String(chunk));
      });
      request.on('end', () =>
        response
          .writeHead(Number(request.headers['x-answer'] ?? 200), { 'x-powered-by': 'api' })
          .end('from the api'),
      );
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    asked.length = 0;
    sent.length = 0;
    await Promise.all(running.splice(0).map((one) => one.stop()));
  });
  afterAll(async () => {
    api.close();
    api.closeAllConnections();
    await s3.stop();
  });
}

/** AWS's own policies and a list of methods, by what they do. */
export const disabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
export const allButHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
export const everything = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** Starts a distribution over a bucket and an API, and gives a client of it; it is stopped after the test. */
export async function start(config: Record<string, unknown> = {}, others: readonly Resource[] = []) {
  const apiOrigin = {
    Id: 'api',
    DomainName: `127.0.0.1:${(api.address() as AddressInfo).port}`,
    OriginPath: '/live',
    CustomOriginConfig: {},
  };
  const properties = {
    DistributionConfig: {
      DefaultRootObject: 'index.html',
      DefaultCacheBehavior: { TargetOriginId: 'site', CachePolicyId: disabled },
      Origins: [
        { Id: 'site', DomainName: 'site-bucket.s3.eu-central-1.amazonaws.com', S3OriginConfig: {} },
        {
          Id: 'pages',
          DomainName: 'site-bucket.s3.eu-central-1.amazonaws.com',
          S3OriginConfig: {},
          OriginPath: '/status',
        },
        { ...apiOrigin, OriginCustomHeaders: [{ HeaderName: 'X-From', HeaderValue: 'cdn' }] },
        { Id: 'nobody', DomainName: '127.0.0.1:1', CustomOriginConfig: {} },
      ],
      ...config,
    },
  };
  const site = made('Site', 'AWS::CloudFront::Distribution', properties, {
    attributes: { DomainName: 'd1.cloudfront.net' },
  });
  const listening = await startDistribution(
    site,
    fakeWorld({ resources: [site, ...others], engines: { s3: s3.url } }),
  );
  running.push(listening);
  return async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${listening.port}${path}`, {
      redirect: 'manual',
      ...init,
    });
    return {
      status: response.status,
      text: await response.text(),
      headers: Object.fromEntries(response.headers),
    };
  };
}
/** A cache behaviour of a distribution. */
export const behavior = (
  PathPattern: string,
  TargetOriginId: string,
  more: Record<string, unknown> = {},
) => ({
  PathPattern,
  TargetOriginId,
  CachePolicyId: disabled,
  ...more,
});

/** Where the API listens, and the newest distribution. */
export const apiHost = (): string => `127.0.0.1:${(api.address() as AddressInfo).port}`;
export const siteHost = (): string => `127.0.0.1:${running[0]?.port}`;
