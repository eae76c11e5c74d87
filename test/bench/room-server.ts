import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { now } from './clock.ts';
import { serve } from './serve.ts';

// The least that a room could be: numbers each message and hands it to all who are connected. It keeps nothing, asks nobody who
// they are, and a message that is lost is lost.
const [, , data = ''] = process.argv;
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', clientTracking: true });
let seq = 0;

server.on('connection', (socket) => {
  socket.on('message', (frame) => {
    const { text } = JSON.parse(String(frame)) as { readonly text: string };
    seq += 1;
    const told = JSON.stringify({ seq, text });
    for (const client of server.clients) client.send(told);
  });
});
await once(server, 'listening');

serve({
  data,
  url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  settle: async () => ({ at: now(), marks: [], calls: [] }),
  count: async () => ({ accepted: seq, incidents: 0, mails: 0 }),
  async stop() {
    for (const client of server.clients) client.terminate();
    server.close();
  },
});
