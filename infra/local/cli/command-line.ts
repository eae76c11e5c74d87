/** The names of all options that a command of ours knows. */
const names = [
  ...[
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
  ],
  ...['region', 'runs', 'seed', 'seeds', 'shards', 'speed', 'stack', 'watch', 'workers'],
] as const;

/**
 * The arguments of a command that npm runs. npm keeps what stands before `--` for itself, and a dry run would not be dry: so that
 * is refused, with the line as it should be.
 *
 * @throws an error in words when npm took an option that is ours
 */
export function commandArgs(
  args: readonly string[] = process.argv.slice(2),
  env: Readonly<Record<string, string | undefined>> = process.env,
): readonly string[] {
  const taken = names.flatMap((name) => {
    const value = env[`npm_config_${name.replaceAll('-', '_')}`];
    return value === undefined || value === '' ? [] : [value === 'true' ? `--${name}` : `--${name}=${value}`];
  });
  const command = env.npm_lifecycle_event;
  if (taken.length === 0 || command === undefined) return args;
  const run = command === 'start' ? 'npm start' : `npm run ${command}`;
  throw new Error(
    `npm took ${taken.join(' ')} for itself, because it stands before "--". Write: ${run} -- ${[...args, ...taken].join(' ')}`,
  );
}
