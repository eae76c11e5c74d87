import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { restLimits, socketLimits } from '../../../../infra/local/gateway/limits.ts';
import { type FakeRestApi, fakeRestApi, type RunningRestApi } from '../../../support/fake-rest-api.ts';

const running: RunningRestApi[] = [];
const start = async (spec: Partial<FakeRestApi>) => {
  const api = await fakeRestApi({
    routes: { 'ANY /': { function: 'take' } },
    functions: { take: () => ({ statusCode: 204 }) },
    ...spec,
  });
  running.push(api);
  return api;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.stop()));
});
const post = async (api: RunningRestApi, body: BodyInit, init: RequestInit = {}) => {
  const response = await fetch(api.url, { method: 'POST', body, ...init });
  return [response.status, await response.text()];
};

test('the limits are those of AWS', () => {
  expect(restLimits).toMatchObject({
    requestBytes: 10_485_760,
    lambdaBytes: 6_291_456,
    headerBytes: 10_240,
    integrationMs: 29_000,
  });
  expect(socketLimits).toEqual({
    frameBytes: 32_768,
    messageBytes: 131_072,
    idleMs: 600_000,
    connectionMs: 7_200_000,
    integrationMs: 29_000,
  });
});

describe('a request', () => {
  test('over 10 MB is refused before the function sees it', async () => {
    const api = await start({});
    expect(await post(api, Buffer.alloc(restLimits.requestBytes + 1))).toEqual([
      413,
      '{"message":"Request Too Long"}',
    ]);
  });

  test('that does not say how long it is, is counted while it arrives', async () => {
    const api = await start({ limits: { requestBytes: 1000 } });
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < 20; at++) controller.enqueue(new Uint8Array(100));
        controller.close();
      },
    });
    expect((await post(api, body, { duplex: 'half' } as RequestInit))[0]).toBe(413);
  });

  test('whose event would be over 6 MB for the function is refused too: base64 takes a third more', async () => {
    const api = await start({});
    expect((await post(api, Buffer.alloc(restLimits.lambdaBytes * 0.7)))[0]).toBe(204);
    expect((await post(api, Buffer.alloc(restLimits.lambdaBytes * 0.76)))[0]).toBe(413);
  });

  test('with more than 10,240 bytes of headers is refused', async () => {
    const api = await start({});
    const response = await fetch(api.url, { headers: { long: 'x'.repeat(restLimits.headerBytes) } });
    expect(response.status).toBe(431);
  });

  test('[F65] with headers that come a byte at a time is cut off, and others are served meanwhile', async () => {
    const api = await start({ limits: { headersMs: 100 } });
    const slow = connect(api.port, '127.0.0.1');
    slow.on('error', () => {});
    slow.write('GET / HTTP/1.1\r\nHost: x\r\nSlow: ');
    const drip = setInterval(() => slow.write('x'), 10);
    expect((await post(api, 'x'))[0]).toBe(204);
    await new Promise((resolve) => slow.once('close', resolve));
    clearInterval(drip);
  });
});

describe('a function', () => {
  test('that answers over 6 MB is a fault of the system', async () => {
    const api = await start({
      functions: { take: () => ({ statusCode: 200, body: 'x'.repeat(restLimits.lambdaBytes) }) },
    });
    expect(await post(api, 'x')).toEqual([502, '{"message":"Internal server error"}']);
  });

  test('that takes longer than the integration time-out is not waited for', async () => {
    const api = await start({
      limits: { integrationMs: 20 },
      functions: { take: () => new Promise(() => {}) },
    });
    expect(await post(api, 'x')).toEqual([504, '{"message":"Endpoint request timed out"}']);
  });
});

test('stopping lets an answer under way finish', async () => {
  const [begun, finish] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const api = await start({
    functions: {
      take: async () => {
        begun.resolve();
        await finish.promise;
        return { statusCode: 200, body: 'done' };
      },
    },
  });
  const answer = post(api, 'x');
  await begun.promise;
  const stopped = api.stop();
  running.splice(0);
  finish.resolve();
  expect(await answer).toEqual([200, 'done']);
  await stopped;
  await expect(fetch(api.url)).rejects.toThrow();
});
