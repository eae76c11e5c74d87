import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { Crowd, type Room } from '../bench/room-crowd.ts';

/** A room that loses the first message to everybody but its sender, and tells the second one twice, under two numbers. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
const log: string[] = [];
const isListening = once(server, 'listening');
beforeAll(() => isListening);
afterAll(() => server.close());

server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const said = JSON.parse(String(data)) as { readonly after?: number; readonly text?: string };
    if (said.after !== undefined) return tell(socket, said.after);
    const times = log.length === 1 ? 2 : 1;
    const from = log.length;
    for (let i = 0; i < times; i++) log.push(said.text ?? '');
    for (const one of server.clients) if (from > 0 || one === socket) tell(one, from);
  });
});

const tell = (socket: WebSocket, after: number) =>
  socket.send(
    JSON.stringify({
      last: log.length,
      all: log.slice(after).map((text, i) => ({ seq: after + i + 1, text })),
    }),
  );

const room: Room = {
  address: async () => `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  joining: (after) => JSON.stringify({ after }),
  message: (id, text) => JSON.stringify({ id, text }),
  read(frame) {
    const { last, all } = JSON.parse(frame) as { last: number; all: { seq: number; text: string }[] };
    return { messages: all, last };
  },
};

it('A crowd tells when all have a message, asks for what it lacks, and counts what was lost or came twice', async () => {
  const crowd = new Crowd(room);
  await crowd.enter(3, 2);
  await crowd.say('first', 50);
  expect(crowd.take()).toMatchObject({ lost: 2, repeated: 0 });
  await crowd.say('second', 5_000);
  await crowd.caughtUp(5_000);
  const { each, last, lost, repeated } = crowd.take();
  expect(lost).toBe(0);
  expect(repeated).toBe(3);
  expect(each).toHaveLength(3);
  expect(last[0]).toBe(Math.max(...each));
  crowd.leave();
});
