import { median } from './figures.ts';

/** Runs several things in turns, so that other work on the machine meets all; the median of each, in milliseconds. */
export async function inTurns(runs: readonly (() => unknown)[], rounds = 7): Promise<readonly number[]> {
  const times = runs.map((): number[] => []);
  for (let round = 0; round <= rounds; round++)
    for (const [i, run] of runs.entries()) {
      const begun = performance.now();
      await run();
      // The first time, code is compiled.
      if (round > 0) times[i]?.push(performance.now() - begun);
    }
  return times.map(median);
}
