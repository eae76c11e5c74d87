import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundle, bundlesOf } from './bundles.ts';
import { figure, median, ratio, textTable } from './figures.ts';
import { startInThread } from './start-in-thread.ts';

const ROUNDS = 5;

/** From the spawning of a thread until the handler of a bundle is ready, against a handler that does nothing. */
export async function start(assembly: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const empty = await emptyBundle(folder);
    const all = [empty, ...bundlesOf(assembly)];
    const times = new Map(all.map(({ name }) => [name, [] as number[]]));
    await startInThread(empty);
    for (let round = 0; round < ROUNDS; round++)
      for (const one of all) times.get(one.name)?.push(await startInThread(one));
    const rows = await Promise.all(all.map((one) => row(one, times)));
    const slowest = rows.sort(([, , , a], [, , , b]) => Number.parseFloat(a) - Number.parseFloat(b));
    return [
      `start: worker thread spawned as the local runner does → handler ready, median of ${ROUNDS}, against an empty handler`,
      textTable(['bundle', 'KB', 'ms', 'ratio'], slowest),
    ].join('\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function row(
  { name, folder }: Bundle,
  times: ReadonlyMap<string, readonly number[]>,
): Promise<[string, string, string, string]> {
  const [own, none] = [median(times.get(name) ?? []), median(times.get('(empty)') ?? [])];
  return [name, figure((await bytesOf(folder)) / 1_000), figure(own), ratio(own, none)];
}

async function emptyBundle(folder: string): Promise<Bundle> {
  const file = join(folder, 'Empty.mjs');
  await writeFile(file, 'export const handler = async () => ({});\n');
  return { ...{ name: '(empty)', folder, handler: 'Empty.handler' }, memoryMegabytes: 512, environment: {} };
}

/** Bytes of all code that a function carries, without source maps. */
async function bytesOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(
    names.filter((name) => name.endsWith('js')).map(async (name) => (await stat(join(folder, name))).size),
  );
  return sizes.reduce((a, b) => a + b, 0);
}
