import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../../infra/local/cli/run-command.ts';
import { docFaults } from './doc-paths.ts';
import { rules } from './house/rules.ts';
import { readSources } from './house/source.ts';

const usage = `npm run verify -- [options]

Checks format and lint, types, the rules of the house and the paths in the docs; about a minute, offline. It changes nothing; what can be
corrected, npm run format corrects. Ends with status 1 when a check finds something.

  --help  this text`;

/** What a check has to say; nothing when all is well. */
type Check = () => Promise<string>;

const root = join(import.meta.dirname, '../..');

const checks: Readonly<Record<string, Check>> = {
  'format and lint': () => run('biome', 'check', '--error-on-warnings', '.'),
  types: () => run('tsc', '--project', '.'),
  'rules of the house': async () => houseFaults(),
  'paths in the docs': async () => docFaults(root).join('\n'),
};

function houseFaults(): string {
  const sources = readSources(root);
  return rules
    .map(({ says, faults }) => ({ says, found: faults(sources) }))
    .filter(({ found }) => found.length > 0)
    .map(({ says, found }) => `${says}:\n  ${found.join('\n  ')}`)
    .join('\n');
}

/** Runs a tool of this project; gives what it printed when it failed. */
function run(tool: string, ...parameters: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin', tool), parameters, { cwd: root, stdio: 'pipe' });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve(code === 0 ? '' : Buffer.concat(said).toString().trim() || `${tool} ended with ${code}`),
    );
  });
}

async function look(name: string, check: Check): Promise<boolean> {
  const started = performance.now();
  const faults = await check();
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const line = `${faults === '' ? '✓' : '✗'} ${name.padEnd(20)} ${seconds.padStart(5)} s\n`;
  process.stdout.write(faults === '' ? line : `${line}${faults.replaceAll(/^/gm, '    ')}\n`);
  return faults === '';
}

async function verify(args: readonly string[]): Promise<void> {
  const { help } = parseArgs({ args: [...args], options: { help: { type: 'boolean' } } }).values;
  if (help) return void process.stdout.write(`${usage}\n`);
  const outcomes = await Promise.all(Object.entries(checks).map(([name, check]) => look(name, check)));
  if (!outcomes.every(Boolean)) process.exitCode = 1;
}

await runCommand(usage, verify);
