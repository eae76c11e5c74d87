import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { type Contender, startContender } from '../bench/contender.ts';

let room: Contender;
let relay: Contender;
beforeAll(async () => {
  [room, relay] = await Promise.all([startContender('room-server.ts'), startContender('document-relay.ts')]);
});
afterAll(() => Promise.all([room.stop(), relay.stop()]));

it('The room that the benches compare with numbers each message and hands it to all, its sender among them', async () => {
  const sockets = [new WebSocket(room.url), new WebSocket(room.url)];
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  const heard = sockets.map((socket) => once(socket, 'message'));
  sockets[0]?.send(JSON.stringify({ id: 'a', text: 'Hello' }));
  for (const [frame] of await Promise.all(heard))
    expect(JSON.parse(String(frame))).toEqual({ seq: 1, text: 'Hello' });
  expect((await room.count()).accepted).toBe(1);
  for (const socket of sockets) socket.terminate();
});

it('The relay that the benches compare with hands each update to the others, and gives who comes what there is', async () => {
  const copy = new Y.Doc();
  copy.getText('text').insert(0, 'Rolled back');
  const [ann, bob] = [new WebSocket(relay.url), new WebSocket(relay.url)];
  await Promise.all([ann, bob].map((socket) => once(socket, 'message')));
  const told = once(bob, 'message');
  ann.send(Y.encodeStateAsUpdate(copy));
  const carl = (await told) && new WebSocket(relay.url);
  const [[update], [state]] = [await told, await once(carl, 'message')];
  for (const bytes of [update, state]) {
    const other = new Y.Doc();
    Y.applyUpdate(other, bytes);
    expect(other.getText('text').toString()).toBe('Rolled back');
  }
  for (const socket of [ann, bob, carl]) socket.terminate();
});
