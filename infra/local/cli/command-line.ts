import { WrongLine } from './wrong-line.ts';

/** The names of all options that a command of ours knows. */
const names = [
  'context',
  'counted',
  'data',
  'dry-run',
  'fresh',
  'if-match',
  'key',
  'path',
  'patience',
  'planted',
  'port',
  'profile',
  'region',
  'runs',
  'seed',
  'seeds',
  'shards',
  'speed',
  'stack',
  'watch',
  'workers',
] as const;

/**
 * The arguments of a command that npm runs. npm keeps the options that stand before `--` for itself, and a dry run would not be dry: so
 * that is refused. Only npm's `--key` cannot be seen here, since npm tells nobody of it.
 *
 * @throws an error in words when npm took an option that is ours
 */
export function commandArgs(
  args: readonly string[] = process.argv.slice(2),
  env: Readonly<Record<string, string | undefined>> = process.env,
): readonly string[] {
  const command = env.npm_lifecycle_event;
  const taken = names.filter((name) => env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined);
  // What npm takes `-c` for.
  const words = [...taken.map((name) => `--${name}`), ...(env.npm_config_call ? ['-c'] : [])];
  if (words.length === 0 || command === undefined) return args;
  const run = command === 'start' ? 'npm start' : `npm run ${command}`;
  throw new WrongLine(
    `npm took ${words.join(' and ')} for itself, because no "--" stands before. Put one after the name of the command: ${run} -- <all that you wrote after it>`,
  );
}
