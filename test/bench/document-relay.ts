import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { now } from './clock.ts';
import { serve } from './serve.ts';

// The least that writing together could be: one copy in memory, given to who comes, and each update handed to all others. It
// stores nothing, checks nothing, and has no way to heal an update that was lost.
const [, , data = ''] = process.argv;
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', clientTracking: true });
const copy = new Y.Doc();

server.on('connection', (socket) => {
  socket.send(Y.encodeStateAsUpdate(copy));
  socket.on('message', (frame: Buffer) => {
    Y.applyUpdate(copy, frame);
    for (const client of server.clients) if (client !== socket) client.send(frame);
  });
});
await once(server, 'listening');

serve({
  data,
  url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  settle: async () => ({ at: now(), marks: [], calls: [] }),
  count: async () => ({ accepted: 0, incidents: 0, mails: 0 }),
  async stop() {
    for (const client of server.clients) client.terminate();
    server.close();
  },
});
