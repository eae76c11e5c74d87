import type { Instant } from '../../../shared/kernel/index.ts';
import type { FunctionName } from '../../../shared/wiring/index.ts';
import type { Call } from '../calls.ts';
import type { Environment } from '../environment.ts';
import type { Invocation } from '../fleet.ts';
import type { Program } from '../program.ts';
import { Random } from '../random.ts';
import type { Scenario } from '../scenario.ts';
import { noAnswer } from '../sdk/modules.ts';
import { play } from '../simulate.ts';
import { World } from '../world.ts';

/** What a test lets happen in a run, beside what its scenario says. */
export interface Direction {
  /** Whether the environment that makes this call, its function's n-th, dies before or after it is done. */
  readonly death?: (call: Call, number: number) => 'before' | 'after' | undefined;
  /** Just before a call, its function's n-th, is done. */
  readonly atCall?: (call: Call, number: number, world: StagedWorld) => void;
  /** Just before an environment handles an event, its function's n-th. */
  readonly atEvent?: (environment: Environment, number: number) => void;
  /** When an environment is done with an event, or dead. */
  readonly atEnd?: (environment: Environment) => void;
  /** What an environment waits for before its next call goes out; undefined when for nothing. */
  readonly hold?: (from: Environment) => Promise<void> | undefined;
  /** Whenever the clock has moved. */
  readonly atTime?: (world: StagedWorld) => void;
  /** Until when the run lasts at least. */
  readonly until?: Instant;
}

const SEED = 1;

type What = Parameters<World['told']>[0];

/** A run whose course a test decides instead of chance: the order is that of one seed up to the test's first interference. */
export class StagedWorld extends World {
  /** How many environments died. */
  deaths = 0;
  private readonly direction: Direction;
  private readonly numbers = new Map<FunctionName, number>();
  private readonly events = new Map<FunctionName, number>();
  private readonly dead = new Set<Environment>();

  constructor(program: Program, scenario: Scenario, direction: Direction) {
    super(program, scenario, new Random(SEED), undefined);
    this.direction = direction;
    const begin = this.calls.begin.bind(this.calls);
    this.calls.begin = (from, ...call) => {
      const free = direction.hold?.(from);
      return free === undefined ? begin(from, ...call) : free.then(() => begin(from, ...call));
    };
  }

  override execute(call: Call): unknown {
    if (this.dead.has(call.from)) throw noAnswer();
    const number = raised(this.numbers, call.from.name);
    this.direction.atCall?.(call, number, this);
    const when = this.direction.death?.(call, number);
    if (when === undefined) return super.execute(call);
    this.die(call);
    if (when === 'before') throw noAnswer();
    return super.execute(call);
  }

  /** Nothing of what is under way from there is done any more. */
  override gone(environment: Environment): void {
    this.dead.add(environment);
    for (const call of this.calls.pending)
      if (call.from === environment) call.outcome ??= { fault: noAnswer() };
    super.gone(environment);
  }

  override told(what: What, invocation: Invocation, end?: unknown): void {
    super.told(what, invocation, end);
    const { environment } = invocation;
    if (what === 'began') this.direction.atEvent?.(environment, raised(this.events, environment.name));
    else this.direction.atEnd?.(environment);
  }

  override passTo(time: Instant): void {
    super.passTo(time);
    this.direction.atTime?.(this);
  }

  override isPlanned(): boolean {
    return this.clock < (this.direction.until ?? 0) || super.isPlanned();
  }

  /** The call is never answered, and its environment is gone before anything else happens. */
  private die(call: Call): void {
    this.deaths++;
    this.dead.add(call.from);
    this.hasMoved = true;
    Object.assign(call, { resolve: () => undefined, reject: () => undefined });
    queueMicrotask(() => {
      const invocation = this.fleet.running.find(({ environment }) => environment === call.from);
      if (invocation) this.fleet.kill(invocation, 'killed');
    });
  }
}

function raised<Key>(counts: Map<Key, number>, key: Key): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

/** Plays a scenario to its end so; throws when it breaks one of the promises. */
export async function stage(
  program: Program,
  scenario: Scenario,
  direction: Direction = {},
): Promise<StagedWorld> {
  const world = new StagedWorld(program, scenario, direction);
  await play(world);
  return world;
}
