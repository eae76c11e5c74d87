import type { EngineCall } from '../../infra/local/proxy/call.ts';
import type { Fault } from '../../infra/local/proxy/fault.ts';

/** So long nothing new is called, in milliseconds, until whoever calls is taken to wait for its answers. */
const QUIET = 120;

/** The calls that are made at once, by operation and count, such as `BatchGetItem, 8 Query`. */
export type Round = readonly string[];

/**
 * Finds out which calls of a function wait for which: holds all until no other comes, lets them go together, and so on. However
 * slow the machine is, it never tells of fewer rounds than there are; a machine that is too slow may make it tell of more.
 */
export class Rounds {
  readonly #function: string;
  #rounds: string[][] = [];
  #held: (() => void)[] = [];
  #now: string[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(function_: string) {
    this.#function = function_;
  }

  /** What the proxy asks. */
  readonly faults = (call: EngineCall): Fault | undefined => {
    if (call.function.replace(/Function[0-9A-F]{8}$/, '') !== this.#function) return undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.push(resolve);
    this.#now.push(call.operation);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#letGo(), QUIET);
    return { kind: 'delay', until: promise };
  };

  /** The rounds since the last time. */
  take(): readonly Round[] {
    const rounds = this.#rounds;
    this.#rounds = [];
    return rounds.map(counted);
  }

  #letGo(): void {
    const held = this.#held;
    this.#rounds.push(this.#now);
    this.#held = [];
    this.#now = [];
    for (const one of held) one();
  }
}

function counted(operations: readonly string[]): Round {
  return [...Map.groupBy(operations, (one) => one)]
    .map(([name, same]) => (same.length === 1 ? name : `${same.length} ${name}`))
    .sort();
}
