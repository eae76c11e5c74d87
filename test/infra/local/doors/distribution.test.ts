import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Listening } from '../../../../infra/local/gateway/listen.ts';
import type { Resource } from '../../../../infra/local/resource.ts';
import { startDistribution } from '../../../../infra/local/static-site/server.ts';
import { fakeWorld, made } from '../../../support/fake-world.ts';
import { bucketEngine, type TestEngine } from '../../../support/test-engines.ts';

let s3: TestEngine;
let api: Server;
let asked: IncomingMessage[] = [];
let body = '';
const running: Listening[] = [];

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
      body += String(chunk);
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
  asked = [];
  body = '';
  await Promise.all(running.splice(0).map((one) => one.stop()));
});
afterAll(async () => {
  api.close();
  api.closeAllConnections();
  await s3.stop();
});

const disabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const allButHost = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const everything = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

async function start(config: Record<string, unknown> = {}, others: readonly Resource[] = []) {
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
const behavior = (PathPattern: string, TargetOriginId: string, more: Record<string, unknown> = {}) => ({
  PathPattern,
  TargetOriginId,
  CachePolicyId: disabled,
  ...more,
});

describe('a bucket behind the CDN', () => {
  test('is read object by object, with the root object at /', async () => {
    const get = await start();
    expect(await get('/')).toMatchObject({
      status: 200,
      text: '<h1>console</h1>',
      headers: { 'content-type': 'text/html' },
    });
    expect(await get('/a%20b.txt?x=1')).toMatchObject({ status: 200, text: 'spaced' });
    expect(await get('/index.html', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  test('[F66] says 403 for what it does not hold, as a private bucket does, and does not name itself', async () => {
    const get = await start();
    const { status, text } = await get('/nothing');
    expect([status, text]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
    expect(text).not.toContain('site-bucket');
    expect(await get('/nothing', { method: 'HEAD' })).toMatchObject({ status: 403, text: '' });
  });

  test('answers with 304 to who has the object already', async () => {
    const get = await start();
    const { headers } = await get('/index.html');
    expect((await get('/index.html', { headers: { 'if-none-match': headers.etag ?? '' } })).status).toBe(304);
  });

  test('may have an origin path, and a pattern chooses it', async () => {
    const get = await start({ CacheBehaviors: [behavior('/acme/*', 'pages')] });
    expect((await get('/acme/index.html')).text).toBe('<h1>status</h1>');
    expect((await get('/other/index.html')).status).toBe(403);
  });

  test('takes no other methods than the behaviour allows', async () => {
    const get = await start();
    expect((await get('/index.html', { method: 'POST', body: 'x' })).status).toBe(403);
  });
});

describe('an error page', () => {
  const pages = (ErrorCode: number, more: Record<string, unknown>) => ({
    CustomErrorResponses: [{ ErrorCode, ...more }],
  });

  test('makes an application of one page answer every path', async () => {
    const get = await start(pages(403, { ResponseCode: 200, ResponsePagePath: '/index.html' }));
    expect(await get('/incidents/inc_1')).toMatchObject({ status: 200, text: '<h1>console</h1>' });
  });

  test('that is missing itself leaves the error as it is', async () => {
    const get = await start(pages(403, { ResponseCode: 200, ResponsePagePath: '/missing.html' }));
    expect((await get('/nothing')).status).toBe(403);
  });

  test('also hides what an API behind the same distribution refuses, as in AWS', async () => {
    const config = {
      ...pages(403, { ResponseCode: 200, ResponsePagePath: '/index.html' }),
      CacheBehaviors: [
        behavior('/v2/*', 'api', { AllowedMethods: everything, OriginRequestPolicyId: allButHost }),
      ],
    };
    const get = await start(config);
    expect(await get('/v2/x', { headers: { 'x-answer': '403' } })).toMatchObject({
      status: 200,
      text: '<h1>console</h1>',
    });
    expect((await get('/v2/x', { headers: { 'x-answer': '404' } })).status).toBe(404);
  });
});

describe('an API behind the CDN', () => {
  const v2 = (more: Record<string, unknown>) => ({
    CacheBehaviors: [behavior('v2/*', 'api', { AllowedMethods: everything, ...more })],
  });
  const init = { method: 'POST', body: 'alert', headers: { authorization: 'Bearer a', 'x-thing': '1' } };

  test('gets path, query, headers and body, the host being its own', async () => {
    const get = await start(v2({ OriginRequestPolicyId: allButHost }));
    expect(await get('/v2/enqueue?a=1&b=2', init)).toMatchObject({ status: 200, text: 'from the api' });
    const host = `127.0.0.1:${(api.address() as AddressInfo).port}`;
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/live/v2/enqueue?a=1&b=2' });
    expect(asked[0]?.headers).toMatchObject({
      host,
      authorization: 'Bearer a',
      'x-thing': '1',
      'x-forwarded-for': '127.0.0.1',
      'x-from': 'cdn',
    });
    expect(body).toBe('alert');
  });

  test('gets neither query nor headers without a policy that lets them through', async () => {
    const get = await start(v2({}));
    await get('/v2/enqueue?a=1', init);
    expect(asked[0]?.url).toBe('/live/v2/enqueue');
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
    expect(asked[0]?.headers['user-agent']).toBe('Amazon CloudFront');
  });

  test('gets what policies of the template choose', async () => {
    const cache = made('Cache', 'AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          QueryStringsConfig: { QueryStringBehavior: 'whitelist', QueryStrings: ['a'] },
        },
      },
    });
    const forward = made('Forward', 'AWS::CloudFront::OriginRequestPolicy', {
      OriginRequestPolicyConfig: {
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Authorization'] },
      },
    });
    const get = await start(v2({ CachePolicyId: 'Cache', OriginRequestPolicyId: 'Forward' }), [
      cache,
      forward,
    ]);
    await get('/v2/enqueue?a=1&b=2', init);
    expect(asked[0]?.url).toBe('/live/v2/enqueue?a=1');
    expect(asked[0]?.headers).toMatchObject({ authorization: 'Bearer a' });
    expect(asked[0]?.headers).not.toHaveProperty('x-thing');
  });

  test('is told the host of the viewer by the policy that lets all headers through', async () => {
    const get = await start(v2({ OriginRequestPolicyId: '216adef6-5c7f-47e4-b989-5492eafa07d3' }));
    const { status } = await get('/v2/enqueue', init);
    expect([status, asked[0]?.headers.host]).toEqual([200, `127.0.0.1:${running[0]?.port}`]);
  });

  test('that does not answer is 502', async () => {
    const get = await start({ CacheBehaviors: [behavior('/x', 'nobody')] });
    expect((await get('/x')).status).toBe(502);
  });
});

describe('a response headers policy', () => {
  const policy = (config: Record<string, unknown>) =>
    made('Headers', 'AWS::CloudFront::ResponseHeadersPolicy', { ResponseHeadersPolicyConfig: config });
  const use = (ResponseHeadersPolicyId: string) => ({
    DefaultCacheBehavior: behavior('*', 'api', { ResponseHeadersPolicyId }),
  });

  test('sets security headers on every answer', async () => {
    const config = {
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 60, IncludeSubdomains: true, Override: true },
        XSSProtection: { Protection: false, Override: true },
      },
      CustomHeadersConfig: {
        Items: [
          { Header: 'X-Powered-By', Value: 'kept out', Override: false },
          { Header: 'X-New', Value: 'n', Override: false },
        ],
      },
    };
    const get = await start(use('Headers'), [policy(config)]);
    expect((await get('/')).headers).toMatchObject({
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=60; includeSubDomains',
      'x-xss-protection': '0',
      'x-powered-by': 'api',
      'x-new': 'n',
    });
  });

  test('overrides what the origin says only where it is told to', async () => {
    const items = { Items: [{ Header: 'X-Powered-By', Value: 'ours', Override: true }] };
    const get = await start(use('Headers'), [policy({ CustomHeadersConfig: items })]);
    expect((await get('/')).headers).toMatchObject({ 'x-powered-by': 'ours' });
  });

  test('removes headers', async () => {
    const get = await start(use('Headers'), [
      policy({ RemoveHeadersConfig: { Items: [{ Header: 'X-Powered-By' }] } }),
    ]);
    expect((await get('/')).headers).not.toHaveProperty('x-powered-by');
  });

  test('managed by AWS is known by its id, another unknown id is refused at start', async () => {
    const get = await start(use('67f7725c-6f97-4210-82d7-5512b31e9d03'));
    expect((await get('/')).headers).toMatchObject({ 'x-frame-options': 'SAMEORIGIN' });
    await expect(start(use('nobody'))).rejects.toThrow(
      'Site: the local CDN knows no response headers policy nobody',
    );
  });
});

describe('a CloudFront function', () => {
  const code = (FunctionCode: string) =>
    made('Edge', 'AWS::CloudFront::Function', { FunctionCode }, { ref: 'Edge' });
  const at = (EventType: string, TargetOriginId = 'site') => ({
    DefaultCacheBehavior: behavior('*', TargetOriginId, {
      FunctionAssociations: [{ EventType, FunctionARN: 'Edge' }],
    }),
  });

  test('changes the path of a request', async () => {
    const rewrite =
      'function handler(event) { var r = event.request; if (!r.uri.includes(".")) r.uri = "/index.html"; return r; }';
    const get = await start(at('viewer-request'), [code(rewrite)]);
    expect(await get('/incidents/inc_1')).toMatchObject({ status: 200, text: '<h1>console</h1>' });
    expect((await get('/a%20b.txt')).text).toBe('spaced');
  });

  test('answers in place of the origin', async () => {
    const redirect =
      'function handler(event) { return { statusCode: 302, headers: { location: { value: "/" + event.request.querystring.to.value } } }; }';
    const get = await start(at('viewer-request'), [code(redirect)]);
    expect(await get('/?to=there')).toMatchObject({ status: 302, headers: { location: '/there' } });
  });

  test('changes an answer', async () => {
    const add =
      'function handler(event) { event.response.headers["x-edge"] = { value: event.context.eventType }; return event.response; }';
    const get = await start(at('viewer-response'), [code(add)]);
    expect((await get('/')).headers).toMatchObject({ 'x-edge': 'viewer-response' });
  });
});
