import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// `npm run prove:order`: order and repetition do not matter, with three workers on the table engine and with faults.

/** What a shard says: what happened in one run, or how one failed. */
type Said = { readonly happened: readonly (readonly [string, number])[] } | { readonly failed: string };

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    path: { type: 'string' },
    shards: { type: 'string', default: '2' },
  },
});
const shards = values.path === undefined ? Number(values.shards) : 1;
const wanted = Number(values.runs);
const begun = performance.now();
const happened = new Map<string, number>();
const failures: string[] = [];
let runs = 0;

const perSecond = (): string => ((runs * 1_000) / (performance.now() - begun)).toFixed(1);

function hear(said: Said): void {
  if ('failed' in said) return void failures.push(said.failed);
  runs += 1;
  for (const [name, times] of said.happened) happened.set(name, (happened.get(name) ?? 0) + times);
  if (runs % 100 === 0) process.stderr.write(`${runs} of ${wanted} runs, ${perSecond()} a second\n`);
}

/** Runs its part in a process of its own; one that ends otherwise than by itself has failed. */
async function shard(number: number): Promise<void> {
  const own = Math.floor(wanted / shards) + (number < wanted % shards ? 1 : 0);
  const seed = Number(values.seed) + number;
  const path = values.path === undefined ? [] : ['--path', values.path];
  const child = fork(join(import.meta.dirname, 'shard.ts'), [
    '--runs',
    String(own),
    '--seed',
    String(seed),
    ...path,
  ]);
  child.on('message', (said) => hear(said as Said));
  const [code] = await once(child, 'exit');
  if (code !== 0) failures.push(`The process with seed ${seed} ended with ${code}`);
}

await Promise.all(Array.from({ length: shards }, (_, number) => shard(number)));
for (const failure of failures)
  process.stdout.write(`${failure}\nAgain: npm run prove:order -- --seed <seed> --path <path>\n`);
const events = [...happened].sort().map(([name, times]) => `${name} ${times}`);
process.stdout.write(
  `${runs} runs from seed ${values.seed}, ${perSecond()} a second, ${failures.length} failures; ${events.join(', ')}\n`,
);
process.exitCode = failures.length > 0 || runs === 0 ? 1 : 0;
