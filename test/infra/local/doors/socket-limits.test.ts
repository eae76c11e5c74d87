import { once } from 'node:events';
import {
  ApiGatewayManagementApiClient,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type RawData, WebSocket } from 'ws';
import { socketLimits } from '../../../../infra/local/gateway/limits.ts';
import {
  type FakeSocketApi,
  fakeSocketApi,
  type RunningSocketApi,
} from '../../../support/fake-socket-api.ts';

const running: RunningSocketApi[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.stop()));
});

/** An API that keeps what it takes, and the events of connections that ended. */
async function start(spec: Partial<FakeSocketApi> = {}) {
  const taken: string[] = [];
  const ended: Record<string, unknown>[] = [];
  const ids: string[] = [];
  const context = (event: Record<string, unknown>) => event.requestContext as Record<string, unknown>;
  const api = await fakeSocketApi({
    routes: {
      $connect: (event) => {
        ids.push(String(context(event).connectionId));
        return { statusCode: 200 };
      },
      $default: (event) => {
        taken.push(String(event.body));
        return { statusCode: 200 };
      },
      $disconnect: (event) => {
        ended.push(context(event));
        return { statusCode: 200 };
      },
    },
    ...spec,
  });
  running.push(api);
  return { api, taken, ended, ids };
}
const closed = async (socket: WebSocket): Promise<number> => Number((await once(socket, 'close'))[0]);

describe('[F70] a frame', () => {
  test('of 32 KB passes, one byte more closes the connection with 1009 and reaches nobody', async () => {
    const { api, taken } = await start();
    const { socket } = await api.open();
    socket.send('x'.repeat(socketLimits.frameBytes));
    await vi.waitFor(() => expect(taken).toHaveLength(1));
    const code = closed(socket);
    socket.send('x'.repeat(socketLimits.frameBytes + 1));
    expect(await code).toBe(1009);
    expect(taken).toHaveLength(1);
  });

  test('that is binary closes the connection with 1003', async () => {
    const { api } = await start();
    const { socket } = await api.open();
    const code = closed(socket);
    socket.send(Buffer.from([1, 2, 3]));
    expect(await code).toBe(1003);
  });

  test('that is no UTF-8 closes the connection with 1007, the room goes on', async () => {
    const { api, taken } = await start();
    const [bad, good] = [await api.open(), await api.open()];
    const code = closed(bad.socket);
    bad.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    expect(await code).toBe(1007);
    good.socket.send('still here');
    await vi.waitFor(() => expect(taken).toEqual(['still here']));
  });
});

describe('a message', () => {
  const parts = (socket: WebSocket, sizes: readonly number[]) => {
    for (const [at, size] of sizes.entries()) socket.send('x'.repeat(size), { fin: at === sizes.length - 1 });
  };
  const quarter = socketLimits.messageBytes / 4;

  test('of 128 KB in frames of 32 KB passes, one byte more closes with 1009', async () => {
    const { api, taken } = await start();
    const { socket } = await api.open();
    parts(socket, [quarter, quarter, quarter, quarter]);
    await vi.waitFor(() => expect(taken.map((text) => text.length)).toEqual([socketLimits.messageBytes]));
    const code = closed(socket);
    parts(socket, [quarter, quarter, quarter, quarter, 1]);
    expect(await code).toBe(1009);
    expect(taken).toHaveLength(1);
  });

  test('of more than 128 KB cannot be posted to a connection', async () => {
    const { api, ids } = await start();
    await api.open();
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = new ApiGatewayManagementApiClient({
      endpoint: api.management,
      region: 'eu-central-1',
      credentials,
    });
    const post = (bytes: number) =>
      client.send(new PostToConnectionCommand({ ConnectionId: ids[0], Data: Buffer.alloc(bytes, 'x') }));
    await expect(post(socketLimits.messageBytes)).resolves.toBeDefined();
    await expect(post(socketLimits.messageBytes + 1)).rejects.toBeInstanceOf(PayloadTooLargeException);
  });
});

describe('a connection', () => {
  test('is closed after 10 minutes of silence by the moved clock, and $disconnect says so', async () => {
    const { api, ended } = await start();
    const { socket } = await api.open();
    api.world.move(socketLimits.idleMs - 60_000);
    const pong = once(socket, 'pong');
    socket.ping(); // a sign of life
    await pong;
    api.world.move(socketLimits.idleMs - 60_000);
    const echo = once(socket, 'pong');
    socket.ping();
    await echo;
    expect(socket.readyState).toBe(WebSocket.OPEN);
    const code = closed(socket);
    api.world.move(socketLimits.idleMs);
    expect(await code).toBe(1001);
    await vi.waitFor(() =>
      expect(ended).toMatchObject([{ disconnectStatusCode: 1001, eventType: 'DISCONNECT' }]),
    );
  });

  test('that was silent for too long is closed by its next frame, ping or post, before anybody looked at ages', async () => {
    const { api, taken, ids } = await start({ options: { ageCheckMs: 60_000 } });
    const [talking, pinging, posted] = [await api.open(), await api.open(), await api.open()];
    api.world.move(socketLimits.idleMs);
    const codes = [talking, pinging, posted].map(({ socket }) => closed(socket));
    talking.socket.send('too late');
    pinging.socket.ping();
    const gone = await fetch(`${api.management}/@connections/${encodeURIComponent(ids[2] ?? '')}`, {
      method: 'POST',
      headers: { authorization: 'AWS4-HMAC-SHA256' },
      body: 'too late',
    });
    expect(gone.status).toBe(410);
    expect(await Promise.all(codes)).toEqual([1001, 1001, 1001]);
    expect([taken, posted.frames]).toEqual([[], []]);
  });

  test('is closed after 2 hours by the moved clock, however busy it is', async () => {
    const { api } = await start({ options: { limits: { idleMs: Number.POSITIVE_INFINITY } } });
    const { socket } = await api.open();
    const code = closed(socket);
    api.world.move(socketLimits.connectionMs - 60_000);
    const pong = once(socket, 'pong');
    socket.ping();
    await pong;
    api.world.move(60_000);
    expect(await code).toBe(1001);
  });

  test('[F71] that ended may never be told: every n-th $disconnect is withheld', async () => {
    const { api, ended } = await start({ options: { withholdDisconnect: 3 } });
    for (const _ of [1, 2, 3, 4]) {
      const { socket } = await api.open();
      const gone = closed(socket);
      socket.close();
      await gone;
    }
    await vi.waitFor(() => expect(ended).toHaveLength(3));
  });

  test('is refused with the status that $connect returns, and with 502 when it fails', async () => {
    const answers: (() => unknown)[] = [
      () => ({ statusCode: 403 }),
      () => {
        throw new Error('broken');
      },
      () => 'nonsense',
    ];
    const { api } = await start({ routes: { $connect: () => answers.shift()?.() } });
    const statuses: number[] = [];
    for (const _ of [1, 2, 3]) {
      const [, response] = await once(new WebSocket(api.url), 'unexpected-response');
      statuses.push((response as { statusCode: number }).statusCode);
    }
    expect(statuses).toEqual([403, 502, 502]);
  });

  test('gets the subprotocol that $connect chose', async () => {
    const { api } = await start({
      routes: { $connect: () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'room.v1' } }) },
    });
    const socket = new WebSocket(api.url, ['room.v1']);
    await once(socket, 'open');
    expect(socket.protocol).toBe('room.v1');
  });
});

describe('trouble with a frame reaches the client', () => {
  const frame = async (api: RunningSocketApi) => {
    const { socket } = await api.open();
    const answer = once(socket, 'message') as Promise<[RawData]>;
    socket.send('{"action":"go"}');
    return JSON.parse(String((await answer)[0])) as unknown;
  };
  const about = (message: string) => ({
    message,
    connectionId: expect.stringMatching(/=$/),
    requestId: expect.any(String),
  });

  test('when nothing takes it', async () => {
    const { api } = await start({ routes: {} });
    expect(await frame(api)).toEqual(about('Forbidden'));
  });

  test('when the function fails', async () => {
    const fail = () => {
      throw new Error('secret');
    };
    const { api } = await start({ routes: { go: fail } });
    expect(await frame(api)).toEqual(about('Internal server error'));
  });

  test('when the function does not answer in time', async () => {
    const { api } = await start({
      routes: { go: () => new Promise(() => {}) },
      options: { limits: { integrationMs: 20 } },
    });
    expect(await frame(api)).toEqual(about('Endpoint request timed out'));
  });

  test('and so does an answer, where the route has one', async () => {
    const { api } = await start({
      routes: { go: () => ({ statusCode: 200, body: '{"hello":1}' }) },
      answering: ['go'],
    });
    expect(await frame(api)).toEqual({ hello: 1 });
  });
});

test('management calls without a signature, and for unknown connections, are refused as AWS refuses them', async () => {
  const { api } = await start();
  const unsigned = await fetch(`${api.management}/@connections/abc%3D`, { method: 'POST', body: 'x' });
  expect([unsigned.status, unsigned.headers.get('x-amzn-errortype')]).toEqual([
    403,
    'MissingAuthenticationTokenException',
  ]);
  const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=local' };
  const gone = await fetch(`${api.management}/@connections/abc%3D`, {
    method: 'POST',
    body: 'x',
    headers: signed,
  });
  expect([gone.status, gone.headers.get('x-amzn-errortype')]).toEqual([410, 'GoneException']);
  const broken = await fetch(`${api.management}/@connections/%E0%A4%A`, { method: 'GET', headers: signed });
  expect(broken.status).toBe(403);
});
