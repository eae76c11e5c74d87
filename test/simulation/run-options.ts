import { parseArgs } from 'node:util';
import { WrongLine } from '../../infra/local/cli/wrong-line.ts';
import { wholeNumbers } from '../support/whole-numbers.ts';

/** What the command line asks for. */
export interface RunOptions {
  readonly help: boolean;
  readonly seeds: number;
  readonly workers: number;
  /** The one seed to play again. */
  readonly seed?: number;
  readonly planted: boolean;
}

/** How the command is used. */
export const usage = `npm run simulate:faults -- [options]

Plays the whole pipeline on virtual time: the real handlers, on a queue, a table and a mail provider in memory that conflict, lag,
repeat, reorder, throttle and lose answers, while workers are killed. After each step it checks the promises of the system. Ends
with status 1 when one is broken, and says by which seed.

  --seeds <number>    play the seeds from 1 to this (default 10000, about a minute on two cores)
  --workers <number>  threads (default 2)
  --seed <number>     play this one again and print each step
  --planted           plant each of the known bugs, and print the seed that finds it
  --help              this text`;

/** Reads the arguments of the command line. Throws one error that names every fault with what was got and what is allowed. */
export function runOptions(args: readonly string[]): RunOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { seeds: text, workers: text, seed: text, planted: flag, help: flag } as const;
  const { help, planted, ...given } = parseArgs({ args: [...args], options }).values;
  const most = 2 ** 31 - 1;
  const bounds = { seeds: [1, most], workers: [1, 64], seed: [1, most] } as const;
  const { seeds = 10_000, workers = 2, seed } = wholeNumbers(given, bounds);
  const asked = [...(planted ? ['--planted'] : []), ...Object.keys(given).map((name) => `--${name}`)];
  if ((planted || seed !== undefined) && asked.length > 1)
    throw new WrongLine(
      `Got ${asked.join(' and ')} together; --seed plays one seed and --planted all bugs, each by itself.`,
    );
  return { help, planted, seeds, workers, ...(seed !== undefined && { seed }) };
}

/** What the counts mean that a run prints, by their names. */
export const legend: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'a write came second: its condition did not hold any more',
  TransactionCanceledException: 'a transaction came second, or met another',
  TransactionConflictException: 'a write met a transaction that was under way',
  InternalServerError: 'the table failed inside, whether it had written or not',
  ProvisionedThroughputExceededException: 'the table was throttled',
  InternalError: 'a queue failed inside, whether it had taken the message or not',
  RequestThrottled: 'a queue was throttled',
  MessageNotInflight: 'a worker asked for more time for a message that was not its own any more',
  GoneException: 'a socket had closed that was pushed to',
  LimitExceededException: 'a push to a socket was throttled',
  Throttling: 'the mail provider was throttled',
  MessageRejected: 'the mail provider said that it will not take a mail',
  expired: 'TTL deleted an item, sooner or later after its time',
  'cold start': 'a worker was started anew and remembered nothing',
  killed: 'a worker was killed between two steps',
  'timed out': 'a worker took longer than its function may',
  'log: fault': 'a worker met a fault and logged it',
  'log: no page of the last resort was accepted': 'nobody was left who could be told',
};
