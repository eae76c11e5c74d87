import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where something of ours answers, and what ends it at once. */
export interface Served {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Lets a server answer on a free port of this machine. */
export async function serve(server: Server): Promise<Served> {
  server.listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
