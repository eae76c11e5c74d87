import { parseArgs } from 'node:util';
import { campaign, type Played } from './campaign.ts';
import { firstFinding } from './find.ts';
import { plantedBugs } from './planted.ts';
import { simulate, theProgram } from './simulate.ts';
import { Trace } from './trace.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** How many seeds a planted bug may take to be found. */
const PATIENCE = 2_000;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    workers: { type: 'string', default: '2' },
    seed: { type: 'string' },
    planted: { type: 'boolean', default: false },
  },
});

if (values.seed !== undefined) process.exitCode = await replay(number('seed', values.seed));
else if (values.planted) process.exitCode = await plant();
else process.exitCode = await all(number('seeds', values.seeds), number('workers', values.workers));

function number(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`--${name} is a whole number above 0; got '${text}'`);
}

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

function summarise({ seeds, steps, counts, broken }: Played, seconds: number): void {
  say(`${seeds} seeds in ${seconds.toFixed(1)} s: ${steps} steps, ${broken.length} violations`);
  for (const [what, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1)))
    say(`  ${String(count).padStart(9)} ${what}`);
  for (const { seed, message } of broken.slice(0, 10))
    say(`seed ${seed}: ${message}\n  again, with its trace: npm run simulate:faults -- --seed ${seed}`);
}

/** Plays one seed and prints every step of it. */
async function replay(seed: number): Promise<number> {
  const trace = new Trace();
  const { violation } = await simulate(await theProgram(), seed, trace);
  for (const line of trace.lines) say(line);
  say(`seed ${seed}: ${violation?.message ?? 'no violation'}`);
  say(`digest of the trace: ${trace.digest()}`);
  return violation === undefined ? 0 : 1;
}

/** Plants one bug after another and prints which seed finds it. */
async function plant(): Promise<number> {
  let missed = 0;
  for (const bug of plantedBugs) {
    const found = await firstFinding(bug, PATIENCE);
    if (found === undefined) missed++;
    const what = found ? `seed ${found.seed}, ${found.violation.invariant}` : `not within ${PATIENCE} seeds`;
    say(`${bug.name}: ${what}`);
  }
  say(`${plantedBugs.length - missed} of ${plantedBugs.length} planted bugs found`);
  return missed === 0 ? 0 : 1;
}
