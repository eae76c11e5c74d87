import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseCLI, startVitest } from 'vitest/node';
import { synthesize } from '../../infra/local/cli/synthesize.ts';
import { countOf, said } from './tally.ts';

const root = join(import.meta.dirname, '../..');

/** Stories run on the synthesized template and the built sites; nothing else needs them. */
function needsBuild(filters: readonly string[]): boolean {
  const stories = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /^stories\/.*\.test\.ts$/.test(name))
    .map((name) => `test/${name}`);
  const wanted = filters.map((filter) => relative(root, filter.replace(/:\d+$/, '')));
  return stories.some((name) => wanted.length === 0 || wanted.some((filter) => name.includes(filter)));
}

async function runTests(parameters: readonly string[]): Promise<number> {
  const watch = parameters.some((one) => one === '--watch' || one === '-w');
  const { filter, options } = parseCLI(['vitest', watch ? 'watch' : 'run', ...parameters]);
  if (needsBuild(filter)) await synthesize(root);
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
const code = await runTests(process.argv.slice(2));
process.exitCode = code;
