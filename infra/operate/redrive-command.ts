import { parseArgs } from 'node:util';
import { runCommand } from '../local/cli/run-command.ts';
import { WrongLine } from '../local/cli/wrong-line.ts';
import { type Redrivable, redrivable, redrive } from './redrive.ts';
import { findTarget, targetArgs, targetUsage } from './target.ts';

const usage = `npm run redrive -- [${redrivable.join('|')}|all] [options]

Tries again what failed for good: dead letters go back to their queue, and records that a stream reader gave up go to that
reader. Without a name, all of it. Mend the cause first, see docs/operating.md#redrive. Doing it twice changes nothing.

  --dry-run          only tell what is there
${targetUsage}
  --help             this text`;

/** What a command line asks for. Throws an error that says what was got and what is allowed. */
export function redriveLine(args: readonly string[]) {
  const options = { ...targetArgs, 'dry-run': { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { help = false, 'dry-run': dryRun = false, ...target } = values;
  return { help, dryRun, target, wanted: wantedBy(positionals) };
}

async function run(args: readonly string[]): Promise<void> {
  const { help, dryRun, wanted, ...line } = redriveLine(args);
  if (help) return void process.stdout.write(`${usage}\n`);
  const target = await findTarget(line.target);
  const tell = (line: string) => void process.stdout.write(`  ${line}\n`);
  for (const what of wanted) {
    process.stdout.write(`${what}\n`);
    const { moved, left } = await redrive(target, what, { dryRun, tell });
    const rest = left === 0 ? '' : `, ${left} left where they are`;
    process.stdout.write(`  ${moved} ${dryRun ? 'would be moved' : 'moved'}${rest}\n`);
    if (left > 0) process.exitCode = 1;
  }
}

function wantedBy(positionals: readonly string[]): readonly Redrivable[] {
  const [what = 'all', ...others] = positionals;
  const known = redrivable.find((name) => name === what);
  if (others.length === 0 && what === 'all') return redrivable;
  if (others.length === 0 && known !== undefined) return [known];
  throw new WrongLine(`Got "${positionals.join(' ')}"; allowed is one of ${redrivable.join(', ')}, all.`);
}

if (import.meta.main) await runCommand(usage, run);
