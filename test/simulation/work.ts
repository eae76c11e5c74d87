import { parentPort } from 'node:worker_threads';
import { addCounts } from '../support/add-counts.ts';
import type { Broken, Part, Played } from './campaign.ts';
import type { Program } from './program.ts';
import { simulate, theProgram } from './simulate.ts';
import { nothing, together } from './size.ts';

// A thread of a campaign: plays the seeds that it is sent.

// Refusals of the engines are many here, and nobody reads where they were made.
Error.stackTraceLimit = 0;
const program = theProgram();

parentPort?.on('message', async (part: Part) => {
  parentPort?.postMessage(await play(await program, part));
});

async function play(whole: Program, { from, to }: Part): Promise<Played> {
  const counts = new Map<string, number>();
  const broken: Broken[] = [];
  let size = nothing;
  for (let seed = from; seed <= to; seed++) {
    const outcome = await simulate(whole, seed);
    size = together(size, outcome.size);
    addCounts(counts, outcome.counts);
    const { violation } = outcome;
    if (violation) broken.push({ seed, invariant: violation.invariant, message: violation.message });
  }
  return { seeds: to - from + 1, size, counts, broken };
}
