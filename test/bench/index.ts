import { join } from 'node:path';
import { synthesize } from '../../infra/local/cli/synthesize.ts';
import { pipeline } from './pipeline.ts';
import { start } from './start.ts';
import { storm } from './storm.ts';
import { week } from './week.ts';

const usage = `npm run bench -- [pipeline|storm|start|week|all]

  pipeline   50 webhooks a second: until the incident is stored, until its e-mail is accepted; calls to AWS
  storm      the same ten alerts again and again, as fast as they are taken
  start      from the spawning of a thread until the handler of each bundle is ready
  week       a week of on-call with twenty pages, by the moved clock
  all        all of them (default), in less than three minutes
`;

/** Each prints what it measured beside a baseline of the same run. Compare ratios: other work on the machine slows both. */
const benches: Readonly<Record<string, (assembly: string) => Promise<string>>> = {
  pipeline,
  storm,
  start,
  week,
};

async function run(name: string): Promise<void> {
  const chosen = name === 'all' ? Object.values(benches) : [benches[name]];
  const begun = performance.now();
  const assembly = await synthesize(join(import.meta.dirname, '../..'));
  for (const bench of chosen) if (bench) process.stdout.write(`\n${await bench(assembly)}\n`);
  process.stdout.write(`\n${name}: ${Math.round((performance.now() - begun) / 1_000)} s\n`);
}

const [name = 'all', ...more] = process.argv.slice(2);
const known = name === 'all' || Object.hasOwn(benches, name);
if (known && more.length === 0) await run(name);
else {
  process.stderr.write(usage);
  process.exitCode = name === '--help' ? 0 : 1;
}
