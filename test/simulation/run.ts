import { runCommand } from '../../infra/local/cli/run-command.ts';
import { campaign, type Played } from './campaign.ts';
import { firstFinding } from './find.ts';
import { plantedBugs } from './planted.ts';
import { legend, runOptions, usage } from './run-options.ts';
import { simulate, theProgram } from './simulate.ts';
import { eachOf } from './size.ts';
import { Trace } from './trace.ts';
import { promises } from './violation.ts';

// Started with `--always-sparkplug --no-lazy-feedback-allocation`: a seed runs much code, each piece of it a few times, which V8 would
// interpret for long before it compiles it. The first thousand seeds take a fifth less time so; nothing is played otherwise.

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** How many seeds a planted bug may take to be found. */
const PATIENCE = 2_000;

/** Columns for the names of what happened. */
const WIDTH = Math.max(...Object.keys(legend).map((name) => name.length));

/** Plays many seeds. */
async function all(seeds: number, workers: number): Promise<number> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  const played = await campaign(seeds, workers, (sofar) => {
    const rate = Math.round(sofar.seeds / seconds());
    process.stderr.write(`\r${sofar.seeds} of ${seeds} seeds, ${rate}/s, ${sofar.broken.length} violations `);
  });
  process.stderr.write('\n');
  summarise(played, seconds());
  return played.broken.length === 0 ? 0 : 1;
}

function summarise({ seeds, size, counts, broken }: Played, seconds: number): void {
  say(
    `${seeds} seeds in ${seconds.toFixed(1)} s, ${broken.length} violations\nEach: ${eachOf(seeds, size)}.`,
  );
  say('\nWhat was done to the program meanwhile, and how often:');
  for (const [what, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const meaning = legend[what] ?? 'as an engine named its refusal, or a worker its fault';
    say(`  ${String(count).padStart(9)}  ${what.padEnd(WIDTH)}  ${meaning}`);
  }
  if (broken.length > 0) say('\nPromises that were broken:');
  for (const name of new Set(broken.map(({ invariant }) => invariant))) say(`  ${name}: ${promises[name]}`);
  for (const { seed, message } of broken.slice(0, 10))
    say(`  seed ${seed}: ${message}\n    again, with its trace: npm run simulate:faults -- --seed ${seed}`);
  if (broken.length > 10) say(`  and ${broken.length - 10} more`);
}

/** Plays one seed and prints every step of it. */
async function replay(seed: number): Promise<number> {
  const trace = new Trace();
  const { violation } = await simulate(await theProgram(), seed, trace);
  say(
    'milliseconds of virtual time, worker and invocation, what it did, the call and its number, what it said',
  );
  for (const line of trace.lines) say(line);
  say(`seed ${seed}: ${violation?.message ?? 'no violation'}`);
  if (violation) say(`${violation.invariant}: ${promises[violation.invariant]}`);
  say(`digest of the trace: ${trace.digest()}`);
  return violation === undefined ? 0 : 1;
}

/** Plants one bug after another and prints which seed finds it. */
async function plant(): Promise<number> {
  let missed = 0;
  say('Planted bug: the first seed that finds it, and the promise that it broke');
  for (const bug of plantedBugs) {
    const found = await firstFinding(bug, PATIENCE);
    if (found === undefined) missed++;
    const what = found ? `seed ${found.seed}, ${found.violation.invariant}` : `not within ${PATIENCE} seeds`;
    say(`${bug.name}: ${what}`);
  }
  say(`${plantedBugs.length - missed} of ${plantedBugs.length} planted bugs found. What the promises are:`);
  for (const [name, promise] of Object.entries(promises)) say(`  ${name}: ${promise}`);
  return missed === 0 ? 0 : 1;
}

await runCommand(usage, async (args) => {
  const { help, seed, planted, seeds, workers } = runOptions(args);
  if (help) return say(usage);
  if (seed !== undefined) process.exitCode = await replay(seed);
  else process.exitCode = planted ? await plant() : await all(seeds, workers);
});
