import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as module from 'aws-ses-v2-local';
import { answerForAccount } from './mail-account.ts';
import type { Service } from './shimmed-worker.ts';

type Start = (options: { host: string; port: number }) => Promise<Server>;

/** Runs SES with an inbox that is kept in memory, in a thread whose `Date` moves. */
export async function serve(): Promise<Service> {
  // The package is CommonJS with a default export, which an ES module sees wrapped twice.
  const { default: start } = module.default as unknown as { default: Start };
  const server = await start({ host: '127.0.0.1', port: 0 });
  answerForAccount(server);
  return {
    ready: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
