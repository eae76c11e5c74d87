import { join } from 'node:path';
import { runCommand } from '../../infra/local/cli/run-command.ts';
import { synthesize } from '../../infra/local/cli/synthesize.ts';
import { WrongLine } from '../../infra/local/cli/wrong-line.ts';
import { readCounts, writeCounts } from './counts.ts';
import { writeCostFiles } from './files.ts';
import { countAll } from './scenarios.ts';

const usage = `npm run costs -- [options]

Counts on the local system what an idle minute and each kind of alert take, and writes docs/costs.md, its drawings and the
README's numbers.

  --counted   take what was counted the last time, and only compute again
  --help      this text`;

/** As many as one block of incident numbers, so that its one write is shared as it is in earnest. */
const TIMES = 10;

await runCommand(usage, async (args) => {
  const [first] = args;
  if (first === '--help') return void process.stdout.write(`${usage}\n`);
  if (args.length > 1 || (first !== undefined && first !== '--counted'))
    throw new WrongLine(`Got "${args.join(' ')}"; allowed is --counted, or nothing.`);
  if (first === undefined)
    writeCounts(await countAll(await synthesize(join(import.meta.dirname, '../..')), TIMES));
  const changed = writeCostFiles(readCounts());
  process.stdout.write(`${changed.length === 0 ? 'Nothing changed' : `Written: ${changed.join(', ')}`}\n`);
});
