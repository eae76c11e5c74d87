import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runCommand } from '../../../infra/local/cli/run-command.ts';
import { addCounts } from '../add-counts.ts';
import { everyFault } from './disturbance.ts';
import { type ProveOptions, proveOptions, usage } from './prove-options.ts';

// `npm run prove:order`: order and repetition do not matter, with three workers on the engines and with faults.

/** What a shard says: what happened in one run, or how one failed. */
type Said = { readonly happened: readonly (readonly [string, number])[] } | { readonly failed: string };

/** Runs in which everything happens at least once. */
const ENOUGH = 200;

/** How often it says how far it is, in milliseconds. */
const TELL_EVERY = 5_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** What came of all runs so far. */
class Proof {
  readonly failures: string[] = [];
  runs = 0;
  readonly #wanted: number;
  readonly #begun = performance.now();
  readonly #happened = new Map<string, number>();
  #told = this.#begun;

  constructor(wanted: number) {
    this.#wanted = wanted;
  }

  hear(said: Said): void {
    if ('failed' in said) return void this.failures.push(said.failed);
    this.runs += 1;
    addCounts(this.#happened, said.happened);
    const now = performance.now();
    if (now - this.#told < TELL_EVERY) return;
    this.#told = now;
    const left = Math.ceil(((this.#wanted - this.runs) * (now - this.#begun)) / this.runs / 1_000);
    process.stderr.write(
      `${this.runs} of ${this.#wanted} runs, ${this.#rate()} a second, about ${left} s left\n`,
    );
  }

  #rate(): string {
    return ((this.runs * 1_000) / (performance.now() - this.#begun)).toFixed(1);
  }

  /** Faults that never came, though there were runs enough: then less is proved than is said. */
  missing(): readonly string[] {
    return this.runs < ENOUGH ? [] : everyFault.filter((name) => !this.#happened.has(name));
  }

  summarise(seed: number): void {
    for (const name of this.missing()) this.failures.push(`${name} never happened in ${this.runs} runs`);
    for (const failure of this.failures) say(failure);
    const outcome = `${this.runs} runs from seed ${seed}, ${this.#rate()} a second, ${this.failures.length} failures`;
    say(`${outcome}. What was done to the workers meanwhile, and how often:`);
    for (const [name, times] of [...this.#happened].sort()) say(`${String(times).padStart(9)} ${name}`);
  }
}

/** Runs its part in a process of its own; one that ends otherwise than by itself has failed. */
async function shard(number: number, first: number, { runs, shards, path }: ProveOptions, proof: Proof) {
  const own = Math.floor(runs / shards) + (number < runs % shards ? 1 : 0);
  if (own === 0) return;
  const seed = first + number;
  const again = path === undefined ? [] : ['--path', path];
  const child = fork(join(import.meta.dirname, 'shard.ts'), [
    '--runs',
    String(own),
    '--seed',
    String(seed),
    ...again,
  ]);
  child.on('message', (said) => proof.hear(said as Said));
  const [code] = await once(child, 'exit');
  if (code !== 0) proof.failures.push(`The process with seed ${seed} ended with ${code}`);
}

async function run(args: readonly string[]): Promise<void> {
  const options = proveOptions(args);
  if (options.help) return say(usage);
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  process.stderr.write(`${options.runs} runs from seed ${seed} in ${options.shards} processes …\n`);
  const proof = new Proof(options.runs);
  const parts = Array.from({ length: options.shards }, (_, number) => shard(number, seed, options, proof));
  await Promise.all(parts);
  proof.summarise(seed);
  process.exitCode = proof.failures.length > 0 || proof.runs === 0 ? 1 : 0;
}

await runCommand(usage, run);
