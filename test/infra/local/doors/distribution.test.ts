import { describe, expect, test } from 'vitest';
import {
  allButHost,
  apiHost,
  asked,
  behavior,
  body,
  distributionScene,
  everything,
  siteHost,
  start,
} from '../../../support/distribution-scene.ts';
import { made } from '../../../support/fake-world.ts';

distributionScene();

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
    const host = apiHost();
    expect(asked[0]).toMatchObject({ method: 'POST', url: '/live/v2/enqueue?a=1&b=2' });
    expect(asked[0]?.headers).toMatchObject({
      host,
      authorization: 'Bearer a',
      'x-thing': '1',
      'x-forwarded-for': '127.0.0.1',
      'x-from': 'cdn',
    });
    expect(body()).toBe('alert');
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
    expect([status, asked[0]?.headers.host]).toEqual([200, siteHost()]);
  });

  test('that does not answer is 502', async () => {
    const get = await start({ CacheBehaviors: [behavior('/x', 'nobody')] });
    expect((await get('/x')).status).toBe(502);
  });
});
