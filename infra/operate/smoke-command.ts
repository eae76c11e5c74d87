import { parseArgs } from 'node:util';
import { runCommand } from '../local/cli/run-command.ts';
import { WrongLine } from '../local/cli/wrong-line.ts';
import { apiArgs, apiUsage, reachApi } from './reach-api.ts';
import { smoke } from './smoke.ts';

const usage = `npm run smoke -- [<url>] [options]

Posts one alert to a system, waits for the incident and until the mail provider has taken a page, and resolves the incident.
Whoever is on call gets that page: its title says that nothing is wrong.

${apiUsage}
  --patience <s>     seconds that each thing may take (default 60)
  --help             this text`;

/** What a command line asks for. Throws an error that says what was got and what is allowed. */
export function smokeLine(args: readonly string[]) {
  const options = {
    ...apiArgs,
    patience: { type: 'string', default: '60' },
    help: { type: 'boolean' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const { key, data, help = false } = values;
  const [url, ...others] = positionals;
  if (others.length > 0) throw new WrongLine(`Got "${positionals.join(' ')}"; allowed is one url.`);
  const seconds = Number(values.patience);
  if (!(seconds > 0)) throw new WrongLine(`--patience must be seconds above 0, got ${values.patience}`);
  return { url, key, data, help, patience: seconds * 1_000 };
}

async function run(args: readonly string[]): Promise<void> {
  const { help, patience, ...named } = smokeLine(args);
  if (help) return tell(usage);
  const api = await reachApi({ ...named, tell });
  await smoke(api, { tell, patience });
  tell(
    api.inbox === undefined
      ? 'It works. Look into the mailbox of whoever was paged, also under spam: whether a mail arrives, only they see.'
      : `It works. Read the page at ${api.inbox}`,
  );
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) await runCommand(usage, run);
