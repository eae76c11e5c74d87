import type { PlantedBug } from './planted.ts';
import { simulate, theProgram } from './simulate.ts';
import type { Violation } from './violation.ts';

/** The first of so many seeds whose run shows a bug, and the promise that it breaks there. */
export async function firstFinding(
  { changes }: PlantedBug,
  seeds: number,
): Promise<{ readonly seed: number; readonly violation: Violation } | undefined> {
  const program = await theProgram(changes);
  for (let seed = 1; seed <= seeds; seed++) {
    const { violation } = await simulate(program, seed);
    // A bug that the simulation stumbles over is not one that it finds.
    if (violation?.invariant === 'the run itself') throw violation;
    if (violation) return { seed, violation };
  }
  return undefined;
}
