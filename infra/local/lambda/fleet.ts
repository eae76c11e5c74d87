import type { Caller } from '../proxy/caller.ts';
import type { FunctionDefinition } from './definition.ts';
import { Environment, type EnvironmentWorld } from './environment.ts';

/** All environments of a local system; one machine carries only so many. */
export const fleetLimit = 24;

interface Slot {
  readonly definition: FunctionDefinition;
  readonly environment: Environment;
  busy: boolean;
}

interface Waiting {
  readonly definition: FunctionDefinition;
  readonly start: (slot: Slot) => void;
}

/** Hands out environments, one event at a time each; the least recently used idle one makes room for a new one. */
export class Fleet {
  readonly #world: EnvironmentWorld;
  readonly #limit: number;
  /** In the order of last use: what was used last stands at the end. */
  #slots: Slot[] = [];
  #queue: Waiting[] = [];
  /** How many environments each function has had. */
  readonly #born = new Map<string, number>();

  constructor(world: EnvironmentWorld, limit = fleetLimit) {
    this.#world = world;
    this.#limit = limit;
  }

  /** How many environments there are. */
  get size(): number {
    return this.#slots.length;
  }

  /** Runs `work` in an environment of the function: an idle one, else a new one, else the next that is free. */
  async use<Result>(
    definition: FunctionDefinition,
    work: (environment: Environment) => Promise<Result>,
  ): Promise<Result> {
    const first = this.#queue.every((one) => one.definition !== definition);
    const free = first ? this.#claim(definition) : undefined;
    const slot = free ?? (await new Promise<Slot>((start) => this.#queue.push({ definition, start })));
    try {
      return await work(slot.environment);
    } finally {
      this.#release(slot);
    }
  }

  /** Kills an environment, if it works now. */
  crash({ function: id, environment }: Caller): void {
    for (const slot of this.#slots) {
      const isMeant = slot.definition.id === id && slot.environment.number === environment;
      if (isMeant && slot.busy) slot.environment.crash();
    }
  }

  async stop(): Promise<void> {
    const slots = this.#slots;
    this.#queue = [];
    this.#slots = [];
    await Promise.all(slots.map((slot) => slot.environment.stop()));
  }

  #claim(definition: FunctionDefinition): Slot | undefined {
    this.#slots = this.#slots.filter((slot) => slot.busy || slot.environment.alive);
    const own = this.#slots.filter((slot) => slot.definition === definition);
    const idle = own.findLast((slot) => !slot.busy);
    if (idle !== undefined) return this.#take(idle);
    if (own.length >= definition.concurrency || !this.#makeRoom()) return undefined;
    const number = (this.#born.get(definition.id) ?? 0) + 1;
    this.#born.set(definition.id, number);
    const environment = new Environment(definition, number, this.#world);
    return this.#take({ definition, environment, busy: true });
  }

  #makeRoom(): boolean {
    if (this.#slots.length < this.#limit) return true;
    const oldest = this.#slots.find((slot) => !slot.busy);
    if (oldest === undefined) return false;
    this.#slots = this.#slots.filter((slot) => slot !== oldest);
    void oldest.environment.stop();
    return true;
  }

  #take(slot: Slot): Slot {
    slot.busy = true;
    this.#slots = [...this.#slots.filter((one) => one !== slot), slot];
    return slot;
  }

  #release(slot: Slot): void {
    slot.busy = false;
    for (const waiting of this.#queue) {
      const free = this.#claim(waiting.definition);
      if (free === undefined) continue;
      this.#queue = this.#queue.filter((one) => one !== waiting);
      waiting.start(free);
      return;
    }
  }
}
