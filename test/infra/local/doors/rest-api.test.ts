import { afterEach, describe, expect, test } from 'vitest';
import { type FakeRestApi, fakeRestApi, type RunningRestApi } from '../../../support/fake-rest-api.ts';

const running: RunningRestApi[] = [];
const start = async (spec: FakeRestApi) => {
  const api = await fakeRestApi(spec);
  running.push(api);
  return api;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.stop()));
});

const echo = { echo: (event: Record<string, unknown>) => ({ statusCode: 200, body: JSON.stringify(event) }) };
const routes = {
  'ANY /api/incidents': { function: 'echo' },
  'ANY /api/incidents/{proxy+}': { function: 'echo' },
};

describe('a proxy event', () => {
  test('carries body, query and headers as API Gateway sends them', async () => {
    const api = await start({ routes, functions: echo });
    const response = await fetch(`${api.url}/api/incidents/inc_1%2F2/notes?tag=a&tag=b&empty=`, {
      method: 'POST',
      headers: { 'X-Thing': 'One', 'content-type': 'text/plain' },
      body: 'héllo',
    });
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toMatchObject({
      resource: '/api/incidents/{proxy+}',
      path: '/api/incidents/inc_1%2F2/notes',
      httpMethod: 'POST',
      pathParameters: { proxy: 'inc_1%2F2/notes' },
      queryStringParameters: { tag: 'b', empty: '' },
      multiValueQueryStringParameters: { tag: ['a', 'b'], empty: [''] },
      stageVariables: { colour: 'blue' },
      body: Buffer.from('héllo').toString('base64'),
      isBase64Encoded: true,
      requestContext: {
        stage: 'live',
        resourcePath: '/api/incidents/{proxy+}',
        path: '/live/api/incidents/inc_1%2F2/notes',
        identity: { sourceIp: '127.0.0.1' },
      },
    });
  });

  test('has no body, and nothing of base64, when the request has none', async () => {
    const api = await start({ routes, functions: echo });
    const event = await (await fetch(`${api.url}/api/incidents`)).json();
    expect(event).toMatchObject({
      body: null,
      isBase64Encoded: false,
      queryStringParameters: null,
      pathParameters: null,
    });
  });

  test('is the same with and without the stage in the path', async () => {
    const api = await start({ routes, functions: echo });
    const event = await (await fetch(`http://127.0.0.1:${api.port}/api/incidents`)).json();
    expect(event).toMatchObject({ path: '/api/incidents', requestContext: { path: '/live/api/incidents' } });
  });
});

test('a path that only begins like the stage is no stage', async () => {
  const api = await start({ routes: { 'GET /liverpool': { function: 'echo' } }, functions: echo });
  const event = await (await fetch(`http://127.0.0.1:${api.port}/liverpool`)).json();
  expect(event).toMatchObject({ path: '/liverpool', requestContext: { path: '/live/liverpool' } });
});

test('the gateway reads the clock of the local system', async () => {
  const api = await start({ routes, functions: echo });
  api.world.move(86_400_000);
  const response = await fetch(`${api.url}/api/incidents`);
  const { requestContext } = (await response.json()) as {
    requestContext: { requestTimeEpoch: number; requestTime: string };
  };
  const day = new Date(requestContext.requestTimeEpoch).toUTCString().slice(5, 7);
  expect(Math.abs(requestContext.requestTimeEpoch - api.world.clock.now())).toBeLessThan(10_000);
  expect(requestContext.requestTime).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  expect([response.headers.get('date')?.slice(5, 7), requestContext.requestTime.slice(0, 2)]).toEqual([
    day,
    day,
  ]);
});

describe('an answer', () => {
  test('may be base64, with several values of a header', async () => {
    const answer = {
      statusCode: 201,
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
      headers: { 'Content-Type': 'image/png' },
      body: Buffer.from([1, 2, 255]).toString('base64'),
      isBase64Encoded: true,
    };
    const api = await start({
      routes: { 'GET /': { function: 'answer' } },
      functions: { answer: () => answer },
    });
    const response = await fetch(`${api.url}/`);
    expect(response.status).toBe(201);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 255]);
  });

  test.each([
    ['no object', 'text'],
    ['an unknown key', { status: 200 }],
    ['a status that is no number', { statusCode: 'fine' }],
    ['a header that is no text', { statusCode: 200, headers: { a: { b: 1 } } }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ])('that is malformed (%s) becomes 502', async (_, answer) => {
    const api = await start({
      routes: { 'GET /': { function: 'answer' } },
      functions: { answer: () => answer },
    });
    const response = await fetch(api.url);
    expect([response.status, await response.text()]).toEqual([
      502,
      '{"message": "Internal server error"}'.replace(': ', ':'),
    ]);
  });
});

test('[F66] a function that throws answers 502 and tells the client nothing of the error', async () => {
  const api = await start({
    routes: { 'GET /': { function: 'broken' } },
    functions: {
      broken: () => {
        throw new Error('table arn:aws:dynamodb:eu-central-1:123456789012:table/Secret');
      },
    },
  });
  const response = await fetch(api.url);
  const seen = JSON.stringify([...response.headers]) + (await response.text());
  expect(response.status).toBe(502);
  expect(seen).not.toMatch(/Secret|arn:aws|Error:/);
  expect(api.world.lines.join()).toContain('table/Secret');
});

test('a preflight reaches the function of an ANY method', async () => {
  const api = await start({
    routes,
    functions: { echo: () => ({ statusCode: 204, headers: { 'access-control-allow-origin': 'x' } }) },
  });
  const response = await fetch(`${api.url}/api/incidents`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example' },
  });
  expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, 'x']);
});
