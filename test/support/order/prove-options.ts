import { parseArgs } from 'node:util';
import { WrongLine } from '../../../infra/local/cli/wrong-line.ts';
import { wholeNumbers } from '../whole-numbers.ts';

/** What the command line asks for. */
export interface ProveOptions {
  readonly help: boolean;
  readonly runs: number;
  readonly seed?: number;
  readonly path?: string;
  readonly shards: number;
}

/** How the command is used. */
export const usage = `npm run prove:order -- [options]

Plays the same alerts in order, and late, twice, divided otherwise, on three workers that die, against the engines of table
and queues behind a proxy that throttles, fails, delays, repeats, conflicts and loses answers. Alerts are handed out by the
command itself; what detection sends goes through the queues. The outcome must be the same each time. Ends with status 1
when it once is not, or when a kind of fault never came in 200 runs or more.

  --runs <number>    how many times (default 2000, some three minutes on two cores)
  --shards <number>  processes at the same time, each with engines of its own (default 2)
  --seed <number>    begin as an earlier run did, which printed it (default: by chance)
  --path <path>      with --seed: play that one run again, as a failure prints it
  --help             this text`;

const SEEDS = 2 ** 31 - 1;

/** Reads the arguments of the command line. Throws one error that names every fault with what was got and what is allowed. */
export function proveOptions(args: readonly string[]): ProveOptions {
  const text = { type: 'string' } as const;
  const options = { runs: text, seed: text, path: text, shards: text, help: { type: 'boolean' } } as const;
  const { help = false, path, ...given } = parseArgs({ args: [...args], options }).values;
  if (path !== undefined && !(/^\d+(:\d+)*$/.test(path) && given.seed !== undefined))
    throw new WrongLine(
      `--path: got '${path}'${given.seed === undefined ? ' without --seed' : ''}, allowed are numbers with colons between them, such as 0:1:3, beside the --seed that was printed with them`,
    );
  const alone = Object.keys(given).filter((name) => name !== 'seed');
  if (path !== undefined && alone.length > 0)
    throw new WrongLine(`--path plays one run in one process, got --${alone.join(' and --')} beside it`);
  const bounds = { runs: [1, 1_000_000], seed: [0, SEEDS], shards: [1, 64] } as const;
  const { runs = 2_000, shards = 2, seed } = wholeNumbers(given, bounds);
  return {
    help,
    ...(path === undefined ? { runs, shards } : { runs: 1, shards: 1 }),
    ...(seed !== undefined && { seed }),
    ...(path !== undefined && { path }),
  };
}
