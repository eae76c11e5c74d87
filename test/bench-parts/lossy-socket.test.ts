import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { lossy } from '../bench/lossy-socket.ts';

const fake = () => Object.assign(new EventEmitter(), { OPEN: 1, readyState: 1, sent: [] as string[] });

it('A lossy socket counts what is sent and heard, and loses what chance says, either way', () => {
  const socket = Object.assign(fake(), {
    send(text: string) {
      socket.sent.push(text);
    },
  });
  const traffic = { updates: 0, sentBytes: 0, heardBytes: 0, dropped: 0 };
  const luck = [false, true, false, true];
  const shown = lossy(socket as unknown as WebSocket, traffic, () => luck.shift() ?? false);
  const heard: unknown[] = [];
  shown.onmessage = ({ data }) => void heard.push(data);
  for (const text of ['{"type":"doc.update"}', 'lost']) shown.send(text);
  for (const text of ['there', 'lost']) socket.emit('message', Buffer.from(text));
  expect(socket.sent).toEqual(['{"type":"doc.update"}']);
  expect(heard).toEqual(['there']);
  expect(traffic).toEqual({ updates: 1, sentBytes: 25, heardBytes: 9, dropped: 2 });
});
