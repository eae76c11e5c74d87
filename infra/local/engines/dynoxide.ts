import { mkdirSync, watch } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../ports.ts';
import { spawnOrphanSafe } from './orphan-safe.ts';
import { indexStreams, trimStreams } from './stream-records.ts';

/** The engine that holds the tables. */
export interface TableEngine {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
  /** Calls back soon after each write, if the engine can tell; gives the function that ends it. */
  onWrite(listener: () => void): () => void;
  stop(): Promise<void>;
}

const file = 'tables.db';

/**
 * Starts DynamoDB for one machine over a file; where there is no such program, uses the engine of the environment.
 *
 * @param consumed by table name, the sequence number up to which every stream reader has finished
 */
export async function startTables(
  folder: string,
  consumed: ReadonlyMap<string, bigint>,
): Promise<TableEngine> {
  const program = findProgram();
  if (program === undefined) return elsewhere();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, file);
  trimStreams(path, consumed);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const engine = spawnOrphanSafe(program, [
    'serve',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--db-path',
    path,
  ]);
  let complaint = '';
  engine.child.stderr?.on('data', (part: Buffer) => {
    complaint = (complaint + part.toString()).slice(-2_000);
  });
  await untilUp(
    endpoint,
    () => engine.child.exitCode !== null,
    () => complaint,
  );
  indexStreams(path);
  const listeners = new Set<() => void>();
  // The folder, not the file: a restart of the engine replaces the write-ahead log.
  const watcher = watch(folder, (_, name) => {
    if (name === `${file}-wal`) for (const listener of listeners) listener();
  });
  return {
    endpoint,
    onWrite(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      watcher.close();
      await engine.stop();
    },
  };
}

function findProgram(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`);
  } catch {
    // Not installed: the package exists for few machines, and npm skips it on the others.
    return undefined;
  }
}

function elsewhere(): TableEngine {
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  if (endpoint === undefined || endpoint === '') {
    throw new Error(
      `There is no DynamoDB engine for ${process.platform}-${process.arch} on npm. Start one that speaks its protocol ` +
        '(for example DynamoDB Local) and set AWS_ENDPOINT_URL_DYNAMODB to its address, such as http://127.0.0.1:8000',
    );
  }
  return {
    endpoint: endpoint.replace(/\/$/, ''),
    onWrite: () => () => undefined,
    stop: async () => undefined,
  };
}

async function untilUp(endpoint: string, ended: () => boolean, complaint: () => string): Promise<void> {
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    if (ended()) throw new Error(`The DynamoDB engine ended at its start: ${complaint()}`);
    try {
      await fetch(endpoint);
      return;
    } catch {
      // Not listening yet.
      await sleep(5);
    }
  }
  throw new Error(`The DynamoDB engine does not answer at ${endpoint}: ${complaint()}`);
}
