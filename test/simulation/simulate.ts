import type { FunctionName } from '../../shared/wiring/index.ts';
import { readLogs } from './last-look.ts';
import { type Change, loadProgram, type Program } from './program.ts';
import { Random } from './random.ts';
import { drawScenario } from './scenario.ts';
import { settled } from './settled.ts';
import { type Size, sizeOf } from './size.ts';
import type { Trace } from './trace.ts';
import { Violation } from './violation.ts';
import { World } from './world.ts';

/** What became of one seed. */
export interface Outcome {
  readonly seed: number;
  readonly violation: Violation | undefined;
  readonly size: Size;
  readonly counts: ReadonlyMap<string, number>;
}

/** The functions that a run needs. */
const names: readonly FunctionName[] = [
  'Receive',
  'Incidents',
  'OnCall',
  'Configuration',
  'Detect',
  'Escalate',
  'Deliver',
  'FanOut',
  'Broadcast',
  'Sweep',
  'Connect',
  'Message',
];

/** The program as it is in the working tree, with these changes. */
export const theProgram = (changes: readonly Change[] = []): Promise<Program> => loadProgram(names, changes);

/** More steps than any run needs: a world that goes on is one that never comes to rest. */
const MOST_STEPS = 20_000;

/** Plays one seed from its scenario until all is at rest. The same seed is the same run, step by step. */
export async function simulate(program: Program, seed: number, trace?: Trace): Promise<Outcome> {
  const random = new Random(seed);
  const world = new World(program, drawScenario(random), random, trace);
  const { counts } = world;
  try {
    await play(world);
    return { seed, violation: undefined, size: sizeOf(world), counts };
  } catch (fault) {
    const violation = fault instanceof Violation ? fault : brokenBy(fault);
    trace?.line('violation', violation.message);
    return { seed, violation, size: sizeOf(world), counts };
  }
}

/** What the simulation itself did not expect, such as an operation that the engines do not know. */
function brokenBy(fault: unknown): Violation {
  const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  return new Violation('the run itself', text);
}

/** Plays a world until all is at rest, and holds it against every promise then. */
export async function play(world: World): Promise<void> {
  await goOn(world, () => world.isPlanned());
  world.calmDown();
  await goOn(world, () => world.isUnfinished());
  await readLogs(world, (isWanted) => goOn(world, isWanted));
  world.watch.atRest();
}

/** Takes step after step, until no more is wanted or nobody will ever have anything to do. */
async function goOn(world: World, isWanted: () => boolean): Promise<void> {
  while (isWanted()) {
    if (!act(world)) {
      if (!passTime(world)) return;
      continue;
    }
    // Where nothing went on, nothing follows by itself.
    if (world.hasMoved) await settled();
    world.hasMoved = false;
    world.passTo(world.clock + world.random.whole(0, 30));
    if (world.fault !== undefined) throw world.fault;
  }
}

/** Lets one of those act who have something to do; false when nobody has. */
function act(world: World): boolean {
  if (++world.steps > MOST_STEPS)
    throw new Violation('rest', 'the world does not come to rest', world.unfinished());
  const upTo: number[] = [];
  let sum = 0;
  for (const actor of world.actors) {
    sum += actor.ready();
    upTo.push(sum);
  }
  if (sum === 0) return false;
  const place = world.random.whole(1, sum);
  world.actors[upTo.findIndex((last) => place <= last)]?.act();
  return true;
}

/** Goes to when somebody will have something to do; false when nobody ever will. Who is due already has no environment free: that changes by itself. */
function passTime(world: World): boolean {
  let next = Number.POSITIVE_INFINITY;
  for (const actor of world.actors) {
    const due = actor.due();
    if (due > world.clock && due < next) next = due;
  }
  if (next === Number.POSITIVE_INFINITY) return false;
  world.passTo(next);
  return true;
}
