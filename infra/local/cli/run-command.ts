import { commandArgs } from './command-line.ts';
import { WrongLine } from './wrong-line.ts';

/**
 * Runs a command. What goes wrong is told in words on the standard error, with the usage when it was the command line, and the
 * command ends with status 1.
 */
export async function runCommand(
  usage: string,
  run: (args: readonly string[]) => Promise<void>,
): Promise<void> {
  // Whoever reads no further, such as `head`, wants no more; what was begun is done all the same.
  process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EPIPE') throw fault;
  });
  try {
    await run(commandArgs(usage));
  } catch (error) {
    process.stderr.write(`${toldOf(error, usage)}\n`);
    process.exitCode = 1;
  }
}

/** A fault in words, with the usage of the command when its line was wrong. */
export function toldOf(error: unknown, usage: string): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof WrongLine || isParseFault(error) ? `${message}\n\n${usage}` : message;
}

/** What `parseArgs` throws for an option that it does not know, or one without its value. */
const isParseFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
