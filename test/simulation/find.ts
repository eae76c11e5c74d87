import type { PlantedBug } from './planted.ts';
import { simulate, theProgram } from './simulate.ts';
import type { Violation } from './violation.ts';

/** A seed among so many whose run shows a bug, and the promise that it breaks there. Tries first the one that showed it before. */
export async function firstFinding(
  { changes, shownBy = 1 }: PlantedBug,
  seeds: number,
): Promise<{ readonly seed: number; readonly violation: Violation } | undefined> {
  const program = await theProgram(changes);
  const others = Array.from({ length: seeds }, (_, i) => i + 1).filter((seed) => seed !== shownBy);
  for (const seed of [shownBy, ...others]) {
    const { violation } = await simulate(program, seed);
    // A bug that the simulation stumbles over is not one that it finds.
    if (violation?.invariant === 'the run itself') throw violation;
    if (violation) return { seed, violation };
  }
  return undefined;
}
