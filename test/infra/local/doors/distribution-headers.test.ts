import { describe, expect, test } from 'vitest';
import { behavior, distributionScene, start } from '../../../support/distribution-scene.ts';
import { made } from '../../../support/fake-world.ts';

distributionScene();

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

  const cors = (more: object = {}) =>
    policy({
      CorsConfig: {
        AccessControlAllowCredentials: false,
        AccessControlAllowHeaders: { Items: ['*'] },
        AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
        AccessControlAllowOrigins: { Items: ['*'] },
        OriginOverride: true,
        ...more,
      },
    });

  test('lets pages of all sites read, and says so to them alone', async () => {
    const get = await start(use('Headers'), [cors()]);
    const headers = { origin: 'https://elsewhere.example' };
    expect((await get('/', { headers })).headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
    });
    expect((await get('/')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  test('that lets in some sites only is refused at start', async () => {
    const some = cors({ AccessControlAllowOrigins: { Items: ['https://a.example'] } });
    await expect(start(use('Headers'), [some])).rejects.toThrow('CORS only for all sites');
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
