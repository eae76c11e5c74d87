import type { FunctionDefinition } from './definition.ts';
import { type Environment, type EnvironmentWorld, startEnvironment } from './environment.ts';

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

/** Hands out environments, one event at a time each. */
export interface Fleet {
  /** Runs `work` in an environment of the function: an idle one, else a new one, else the next that is free. */
  use<Result>(
    definition: FunctionDefinition,
    work: (environment: Environment) => Promise<Result>,
  ): Promise<Result>;
  /** Kills the environments in which a function works now. */
  crash(id: string): void;
  /** How many environments there are. */
  readonly size: number;
  stop(): Promise<void>;
}

/** A fleet with at most `limit` environments; the least recently used idle one makes room for a new one. */
export function createFleet(world: EnvironmentWorld, limit = fleetLimit): Fleet {
  // The order is that of last use: what was used last stands at the end.
  const slots: Slot[] = [];
  const queue: Waiting[] = [];

  const remove = (slot: Slot) => {
    const index = slots.indexOf(slot);
    if (index >= 0) slots.splice(index, 1);
  };

  const claim = (definition: FunctionDefinition): Slot | undefined => {
    for (const dead of slots.filter((slot) => !slot.busy && !slot.environment.alive)) remove(dead);
    const idle = slots.findLast((slot) => !slot.busy && slot.definition === definition);
    if (idle !== undefined) return touch(idle);
    const own = slots.filter((slot) => slot.definition === definition).length;
    if (own >= definition.concurrency) return undefined;
    if (slots.length >= limit) {
      const oldest = slots.find((slot) => !slot.busy);
      if (oldest === undefined) return undefined;
      remove(oldest);
      void oldest.environment.stop();
    }
    const slot: Slot = { definition, environment: startEnvironment(definition, world), busy: false };
    slots.push(slot);
    return touch(slot);
  };

  const touch = (slot: Slot) => {
    slot.busy = true;
    remove(slot);
    slots.push(slot);
    return slot;
  };

  const release = (slot: Slot) => {
    slot.busy = false;
    if (!slot.environment.alive) remove(slot);
    for (let index = 0; index < queue.length; index += 1) {
      const waiting = queue[index];
      const free = waiting === undefined ? undefined : claim(waiting.definition);
      if (waiting === undefined || free === undefined) continue;
      queue.splice(index, 1);
      waiting.start(free);
      return;
    }
  };

  return {
    get size() {
      return slots.length;
    },
    async use(definition, work) {
      const first = queue.every((one) => one.definition !== definition);
      const free = first ? claim(definition) : undefined;
      const slot = free ?? (await new Promise<Slot>((start) => queue.push({ definition, start })));
      try {
        return await work(slot.environment);
      } finally {
        release(slot);
      }
    },
    crash(id) {
      for (const slot of slots) if (slot.busy && slot.definition.id === id) slot.environment.crash();
    },
    async stop() {
      queue.length = 0;
      await Promise.all(slots.splice(0).map((slot) => slot.environment.stop()));
    },
  };
}
