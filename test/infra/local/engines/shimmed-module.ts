import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Service } from '../../../../infra/local/engines/shimmed-worker.ts';

/** A service that tells the time, listens where it should not, and fails when asked to. */
export async function serve(options: unknown): Promise<Service> {
  const server = createServer();
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  const listening = { options, address: server.address() };
  return {
    ready: listening,
    async answer(question) {
      if (question !== 'time') throw new Error(`no ${String(question)}`);
      class Later extends Date {}
      return {
        now: Date.now(),
        made: new Date().toISOString(),
        text: Date(),
        sub: new Later().getTime(),
        foreign: statSync(import.meta.filename).mtime instanceof Date,
        copied: structuredClone(new Date(7)) instanceof Date,
        given: [
          new Date(2027, 0).getFullYear(),
          new Date('2027-01-01').getTime(),
          Date.UTC(2027),
          new Date(Number.NaN).getTime(),
        ],
        constructed: new Date(5).constructor === Date,
      };
    },
    async stop() {
      server.close();
    },
  };
}
