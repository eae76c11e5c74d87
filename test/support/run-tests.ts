import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createCLI, parseCLI, startVitest } from 'vitest/node';
import { commandArgs } from '../../infra/local/cli/command-line.ts';
import { synthesize } from '../../infra/local/cli/synthesize.ts';
import { processesCompiled } from '../../infra/local/compile-cache.ts';
import { builtSites } from '../../infra/sites.ts';
import { countOf, said } from './tally.ts';

const root = join(import.meta.dirname, '../..');

/** Our own word on the options, which are those of vitest. */
const usage = `npm test -- [<words of paths>] [options]

  --watch   again after each change`;

/** Builds what tests share before any of them starts: stories run on the template and the sites, tests of pages on the sites. */
async function buildFor(filters: readonly string[]): Promise<void> {
  if (runs('stories', filters)) await synthesize(root);
  if (runs('frontend', filters)) await builtSites(root);
}

/** Whether any test of a folder is asked for. */
function runs(folder: string, filters: readonly string[]): boolean {
  const names = readdirSync(join(root, 'test', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${folder}/${name}`);
  const wanted = filters.map((filter) => relative(root, filter.replace(/:\d+$/, '')));
  return names.some((name) => wanted.length === 0 || wanted.some((filter) => name.includes(filter)));
}

/** Reading the options alone would pass over one that is misspelt, and run all tests. */
function refuseUnknown(line: readonly string[]): void {
  const cli = createCLI();
  cli.parse(['node', ...line], { run: false });
  cli.matchedCommand?.checkUnknownOptions();
}

async function runTests(parameters: readonly string[]): Promise<number> {
  if (parameters.includes(''))
    throw new Error('Got an empty word for a path: is a variable empty? Without a word, all tests run.');
  const watch = parameters.some((one) => one === '--watch' || one === '-w');
  const line = ['vitest', watch ? 'watch' : 'run', ...parameters];
  refuseUnknown(line);
  const { filter, options } = parseCLI(line);
  await buildFor(filter);
  // For the commands that tests start as processes of their own.
  process.env.NODE_COMPILE_CACHE ??= processesCompiled.NODE_COMPILE_CACHE;
  const vitest = await startVitest(filter, options);
  if (vitest.shouldKeepServer()) return 0;
  const count = countOf(vitest.state.getTestModules(), vitest.state.getUnhandledErrors());
  process.stdout.write(`${said(count)}\n`);
  const ran = count.passed + count.failed > 0;
  return count.failed > 0 || !ran ? 1 : Number(process.exitCode ?? 0);
}

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(`The tests run on Node 24, and this is ${process.version}. Use: npm ci && npm test\n`);
  process.exit(1);
}
try {
  process.exitCode = await runTests(commandArgs(usage));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write(`${said({ passed: 0, failed: 1, skipped: 0 })}\n`);
  process.exitCode = 1;
}
