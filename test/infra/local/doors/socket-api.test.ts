import { once } from 'node:events';
import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import {
  type FakeSocketApi,
  fakeSocketApi,
  type RunningSocketApi,
} from '../../../support/fake-socket-api.ts';

const running: RunningSocketApi[] = [];
const start = async (spec: FakeSocketApi) => {
  const api = await fakeSocketApi(spec);
  running.push(api);
  return api;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.stop()));
});

const fine = () => ({ statusCode: 200 });
const client = (api: RunningSocketApi) =>
  new ApiGatewayManagementApiClient({
    endpoint: api.management,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  });
const idOf = (event: Record<string, unknown>) =>
  (event.requestContext as { connectionId: string }).connectionId;

test('a POST before $connect has returned answers 410, afterwards it reaches the client', async () => {
  let early: unknown;
  let id = '';
  const api: RunningSocketApi = await start({
    routes: {
      $connect: async (event) => {
        id = idOf(event);
        early = await client(api)
          .send(new PostToConnectionCommand({ ConnectionId: id, Data: 'too early' }))
          .catch((error: unknown) => error);
        return { statusCode: 200 };
      },
      $default: fine,
    },
  });
  const { frames } = await api.open();
  expect(early).toBeInstanceOf(GoneException);
  await client(api).send(new PostToConnectionCommand({ ConnectionId: id, Data: 'héllo' }));
  await vi.waitFor(() => expect(frames).toEqual(['héllo']));
});

test('the management calls read and end a connection, and then it is gone', async () => {
  const ended: unknown[] = [];
  let id = '';
  const api = await start({
    routes: {
      $connect: (event) => {
        id = idOf(event);
        return fine();
      },
      $disconnect: (event) => ended.push(event.requestContext) && fine(),
    },
  });
  const { socket } = await api.open();
  const seen = await client(api).send(new GetConnectionCommand({ ConnectionId: id }));
  expect([seen.Identity?.SourceIp, seen.ConnectedAt instanceof Date]).toEqual(['127.0.0.1', true]);
  const closed = once(socket, 'close');
  await client(api).send(new DeleteConnectionCommand({ ConnectionId: id }));
  await closed;
  await expect(client(api).send(new GetConnectionCommand({ ConnectionId: id }))).rejects.toBeInstanceOf(
    GoneException,
  );
  await vi.waitFor(() =>
    expect(ended).toMatchObject([{ eventType: 'DISCONNECT', routeKey: '$disconnect', connectionId: id }]),
  );
});

test('frames go to the route that they name, else to $default', async () => {
  const taken: unknown[] = [];
  const take = (event: Record<string, unknown>) => {
    const { routeKey, eventType } = event.requestContext as Record<string, string>;
    taken.push([routeKey, eventType, event.body]);
    return fine();
  };
  const api = await start({ routes: { $connect: fine, $default: take, join: take } });
  const { socket } = await api.open();
  socket.send('{"action":"join"}');
  await vi.waitFor(() => expect(taken).toHaveLength(1));
  socket.send('no json');
  await vi.waitFor(() => expect(taken).toHaveLength(2));
  socket.send('{"action":"$connect"}');
  await vi.waitFor(() => expect(taken).toHaveLength(3));
  expect(taken).toEqual([
    ['join', 'MESSAGE', '{"action":"join"}'],
    ['$default', 'MESSAGE', 'no json'],
    ['$default', 'MESSAGE', '{"action":"$connect"}'],
  ]);
});

test('frames of one connection run in parallel', async () => {
  let [now, most] = [0, 0];
  const release = Promise.withResolvers<void>();
  const api = await start({
    routes: {
      $connect: fine,
      $default: async () => {
        most = Math.max(most, ++now);
        if (now === 3) release.resolve();
        await release.promise;
        now--;
        return fine();
      },
    },
  });
  const { socket } = await api.open();
  for (const text of ['1', '2', '3']) socket.send(text);
  await release.promise;
  expect(most).toBe(3);
});

test('the authorizer of $connect decides, and its context goes with every event', async () => {
  const seen: unknown[] = [];
  const allow = (event: Record<string, unknown>) => ({
    principalId: 'alice',
    context: { org: 'acme', level: 2 },
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: event.methodArn }],
    },
  });
  const api = await start({
    routes: {
      $connect: fine,
      $default: (event) => seen.push((event.requestContext as { authorizer: unknown }).authorizer) && fine(),
    },
    authorizer: (event) => {
      const { ticket } = event.queryStringParameters as { ticket: string };
      if (ticket === 'bad') throw new Error('Unauthorized');
      return ticket === 'denied' ? { ...allow(event), policyDocument: { Statement: [] } } : allow(event);
    },
  });
  const refused = async (query: string) => {
    const socket = new WebSocket(`${api.url}${query}`);
    const [, response] = await once(socket, 'unexpected-response');
    return (response as { statusCode: number }).statusCode;
  };
  expect([await refused(''), await refused('?ticket=bad'), await refused('?ticket=denied')]).toEqual([
    401, 401, 403,
  ]);
  const { socket } = await api.open('?ticket=good');
  socket.send('hello');
  await vi.waitFor(() => expect(seen).toMatchObject([{ principalId: 'alice', org: 'acme', level: '2' }]));
});
