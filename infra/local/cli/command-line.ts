import { WrongLine } from './wrong-line.ts';

/**
 * The arguments of a command that npm runs. npm keeps the options that stand before `--` for itself, and a dry run would not be dry: so
 * that is refused, of the options that the usage names. Only npm's `--key` cannot be seen here, since npm tells nobody of it.
 *
 * @throws an error in words when npm took an option that is ours, or when one has an empty value
 */
export function commandArgs(
  usage: string,
  args: readonly string[] = process.argv.slice(2),
  env: Readonly<Record<string, string | undefined>> = process.env,
): readonly string[] {
  refuseEmpty(args);
  const command = env.npm_lifecycle_event;
  const exported = new Set(
    Object.keys(env).flatMap((name) => (/^npm_config_/.test(name) ? [plain(name.slice(11))] : [])),
  );
  const taken = optionsIn(usage).filter((name) =>
    name === '-c' ? env.npm_config_call : exported.has(plain(name)),
  );
  if (taken.length === 0 || command === undefined) return args;
  const run = `npm ${['start', 'test'].includes(command) ? '' : 'run '}${command}`;
  throw new WrongLine(
    `npm took ${taken.join(' and ')} for itself, because no "--" stands before. Put one after the name of the command: ${run} -- <all that you wrote after it>`,
  );
}

/** A name without hyphens: npm takes `--dryrun` as readily as `--dry-run`. */
const plain = (name: string): string => name.replaceAll(/[-_]/g, '').toLowerCase();

/** `--stack`, and `-c` where there is one: npm takes that for a call. Of `--help` npm tells by itself. */
const optionsIn = (usage: string): readonly string[] =>
  [...usage.matchAll(/^ {2}(-c, )?(--[\w-]+)/gm)]
    .flatMap(([, short, long = '']) => (short === undefined ? [long] : [long, '-c']))
    .filter((name) => name !== '--help');

/** No option of ours means anything when it is empty; a variable of the shell that is not set makes it so. */
function refuseEmpty(args: readonly string[]): void {
  const empty = args.find(
    (one, at) => /^--?\w[\w-]*=$/.test(one) || (/^--?\w[\w-]*$/.test(one) && args[at + 1] === ''),
  );
  if (empty !== undefined) throw new WrongLine(`${empty.replace('=', '')} got nothing: is a variable empty?`);
}
