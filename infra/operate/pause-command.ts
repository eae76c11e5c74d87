import { parseArgs } from 'node:util';
import { runCommand } from '../local/cli/run-command.ts';
import { WrongLine } from '../local/cli/wrong-line.ts';
import { pause } from './pause.ts';
import { awsUsage, findTarget, sameTarget, targetArgs } from './target.ts';

const usage = `npm run pause -- <on|off> --stack <name> [options]

on: stops everything that writes to the table, such as for going back to a backup: people, rooms, detection, pages, the sweep.
Alerts are still accepted and wait in their queue. Alarms about silence come meanwhile. off: lets all of it go on.
Doing it twice changes nothing.

${awsUsage}
  --help             this text`;

/** What a command line asks for. Throws an error that says what was got and what is allowed. */
export function pauseLine(args: readonly string[]) {
  const options = { ...targetArgs, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { help = false, ...target } = values;
  const [word, ...others] = positionals;
  if (!help && ((word !== 'on' && word !== 'off') || others.length > 0)) {
    throw new WrongLine(`Got "${positionals.join(' ')}"; allowed is on or off.`);
  }
  return { help, target, isPaused: word === 'on' };
}

async function run(args: readonly string[]): Promise<void> {
  const { help, target, isPaused } = pauseLine(args);
  const tell = (line: string) => void process.stdout.write(`${line}\n`);
  if (help) return tell(usage);
  await pause(await findTarget(target), isPaused, tell);
  tell(
    isPaused
      ? `Nothing new is written. What was being worked on ends within ten seconds. When you are done: npm run pause -- off${sameTarget(target)}`
      : 'All goes on.',
  );
}

if (import.meta.main) await runCommand(usage, run);
