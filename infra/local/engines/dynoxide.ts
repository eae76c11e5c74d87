import { mkdirSync, watch } from 'node:fs';
import { get } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../ports.ts';
import { type OrphanSafe, spawnOrphanSafe } from './orphan-safe.ts';
import { indexStreams, trimStreams } from './stream-records.ts';

/** The engine that holds the tables. */
export interface TableEngine {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
  /** Calls back soon after each write, if the engine can tell; gives the function that ends it. */
  onWrite(listener: () => void): () => void;
  /** Resolves when the engine ends although nobody stopped it. */
  readonly died: Promise<Error>;
  stop(): Promise<void>;
}

const file = 'tables.db';

const startTimeout = 10_000;

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
  const { engine, endpoint } = await launch(program, path);
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
    died: engine.died,
    async stop() {
      watcher.close();
      await engine.stop();
    },
  };
}

/** Starts DynamoDB without a file: nothing of it is left when it stops, and it waits for no disk. */
export async function startTablesInMemory(): Promise<Pick<TableEngine, 'endpoint' | 'stop'>> {
  const program = findProgram();
  if (program === undefined) return elsewhere();
  const { engine, endpoint } = await launch(program, undefined);
  return { endpoint, stop: () => engine.stop() };
}

/** Starts the program on a free port, over a file or in memory; on another port when somebody was faster to take it. */
async function launch(
  program: string,
  path: string | undefined,
  attempts = 3,
): Promise<{ engine: OrphanSafe; endpoint: string }> {
  const port = String(await freePort());
  const endpoint = `http://127.0.0.1:${port}`;
  const where = path === undefined ? [] : ['--db-path', path];
  const engine = spawnOrphanSafe(program, ['serve', '--host', '127.0.0.1', '--port', port, ...where]);
  let complaint = '';
  engine.child.stderr?.on('data', (part: Buffer) => {
    complaint = (complaint + part.toString()).slice(-2_000);
  });
  if (await untilUp(endpoint, engine)) return { engine, endpoint };
  await engine.stop();
  if (attempts > 1) return launch(program, path, attempts - 1);
  throw new Error(`The DynamoDB engine does not start: ${complaint}`);
}

async function untilUp(endpoint: string, { child }: OrphanSafe): Promise<boolean> {
  const until = performance.now() + startTimeout;
  while (performance.now() < until && child.exitCode === null) {
    if (await answers(endpoint)) return child.exitCode === null;
    await sleep(5);
  }
  return false;
}

/** Whether somebody listens there. Not by `fetch`, which is long to load and which nothing else of a test needs. */
const answers = (endpoint: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(endpoint, { agent: false, timeout: 1_000 }, (response) => {
      response.resume();
      resolve(true);
    });
    request.once('timeout', () => request.destroy(new Error('Nobody says anything')));
    request.once('error', () => resolve(false));
  });

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
    died: new Promise(() => undefined),
    stop: async () => undefined,
  };
}
