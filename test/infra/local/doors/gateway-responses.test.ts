import { afterEach, describe, expect, test } from 'vitest';
import { type FakeRestApi, fakeRestApi, type RunningRestApi } from '../../../support/fake-rest-api.ts';

const running: RunningRestApi[] = [];
const start = async (spec: Partial<FakeRestApi>) => {
  const api = await fakeRestApi({ routes: { 'GET /a': { function: 'broken' } }, ...spec });
  running.push(api);
  return api;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.stop()));
});

const body =
  '{"error":{"code":"$context.error.responseType","message":$context.error.messageString,"requestId":"$context.requestId"}}';
const shape = (ResponseType: string, more: Record<string, unknown> = {}) => ({
  ResponseType,
  ResponseTemplates: { 'application/json': body },
  ...more,
});
const broken = {
  broken: () => {
    throw new Error('table Secret');
  },
};

describe('what the gateway itself says', () => {
  test("has AWS's own body without a template", async () => {
    const api = await start({});
    const response = await fetch(`${api.url}/nothing`);
    expect([response.status, response.headers.get('x-amzn-errortype'), await response.json()]).toEqual([
      403,
      'MissingAuthenticationTokenException',
      { message: 'Missing Authentication Token' },
    ]);
  });

  test('is the same for an unknown method of a known path', async () => {
    const api = await start({});
    expect((await fetch(`${api.url}/a`, { method: 'DELETE' })).status).toBe(403);
  });

  test('follows the template of its class, with the request id, and keeps its status', async () => {
    const named = (type: string) =>
      shape(type, { ResponseParameters: { 'gatewayresponse.header.X-Shape': `'${type}'` } });
    const api = await start({ responses: [named('DEFAULT_4XX'), named('DEFAULT_5XX')], functions: broken });
    const rows = [
      ['/nothing', 403, 'DEFAULT_4XX', 'MISSING_AUTHENTICATION_TOKEN'],
      ['/a', 502, 'DEFAULT_5XX', 'DEFAULT_5XX'],
    ] as const;
    for (const [path, status, used, code] of rows) {
      const response = await fetch(`${api.url}${path}`);
      const error = {
        code,
        message: expect.any(String),
        requestId: response.headers.get('x-amzn-requestid'),
      };
      expect([response.status, response.headers.get('x-shape'), await response.json()]).toEqual([
        status,
        used,
        { error },
      ]);
    }
  });

  test('follows the template of its own type first, with its status and headers', async () => {
    const own = shape('MISSING_AUTHENTICATION_TOKEN', {
      StatusCode: '404',
      ResponseTemplates: { 'application/json': '{"path":"$context.path","none":"$context.no.such"}' },
      ResponseParameters: {
        'gatewayresponse.header.Access-Control-Allow-Origin': "'https://console.example'",
        'gatewayresponse.header.X-Echo': 'method.request.header.X-Ask',
        'gatewayresponse.header.X-Absent': 'method.request.header.X-Missing',
        'gatewayresponse.header.X-Stage': 'context.stage',
      },
    });
    const api = await start({ responses: [shape('DEFAULT_4XX'), own] });
    const response = await fetch(`${api.url}/nothing`, { headers: { 'x-ask': 'me' } });
    expect([response.status, await response.json()]).toEqual([404, { path: '/live/nothing', none: '' }]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://console.example',
      'x-echo': 'me',
      'x-stage': 'live',
    });
    expect(response.headers.has('x-absent')).toBe(false);
  });

  test('[F66] holds nothing of the fault, which is logged', async () => {
    const api = await start({ responses: [shape('DEFAULT_5XX')], functions: broken });
    expect(await (await fetch(`${api.url}/a`)).text()).not.toContain('Secret');
    expect(api.world.lines.join()).toContain('table Secret');
  });

  test('may not use more of the template language than is rendered here', async () => {
    const foreign = { ResponseTemplates: { 'application/json': '{"x":$input.json("$")}' } };
    await expect(start({ responses: [shape('DEFAULT_4XX', foreign)] })).rejects.toThrow(
      'renders $context only, not $input',
    );
  });
});

describe('a MOCK integration', () => {
  const mock = (responses: unknown[]) => ({
    Type: 'MOCK',
    RequestTemplates: { 'application/json': '{ statusCode: 204 }' },
    IntegrationResponses: responses,
  });
  const cors = { 'method.response.header.Access-Control-Allow-Origin': "'*'" };

  test('answers by itself, with literal headers', async () => {
    const integration = mock([
      { StatusCode: '500', SelectionPattern: '5..' },
      { StatusCode: '204', ResponseParameters: cors },
    ]);
    const api = await start({ routes: { 'OPTIONS /a': { integration } } });
    const response = await fetch(`${api.url}/a`, { method: 'OPTIONS' });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });

  test('prefers the answer whose pattern fits', async () => {
    const integration = mock([
      { StatusCode: '500' },
      { StatusCode: '200', SelectionPattern: '2..', ResponseTemplates: { 'text/plain': 'two' } },
    ]);
    const api = await start({ routes: { 'GET /a': { integration } } });
    expect(await (await fetch(`${api.url}/a`)).text()).toBe('two');
  });
});

test.each([
  [
    'an integration by HTTP',
    { 'GET /a': { integration: { Type: 'HTTP_PROXY' } } },
    'GET /a: the local gateway knows no HTTP_PROXY',
  ],
  [
    'a function that is no function',
    { 'GET /a': { integration: { Type: 'AWS_PROXY', Uri: 'arn:aws:apigateway:x:sqs:path/q' } } },
    'calls Lambda functions only',
  ],
])('%s is refused at start, by name', async (_, routes, message) => {
  await expect(start({ routes })).rejects.toThrow(message);
});
