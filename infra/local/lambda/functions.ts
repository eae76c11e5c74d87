import { randomUUID } from 'node:crypto';
import type { Caller } from '../proxy/caller.ts';
import type { Functions, InvocationResult } from '../resource.ts';
import { type FunctionDefinition, tooLarge } from './definition.ts';
import type { EnvironmentWorld, Outcome } from './environment.ts';
import { Fleet } from './fleet.ts';

/** The functions of a local system. */
export interface LocalFunctions extends Functions {
  define(definition: FunctionDefinition): void;
  /** Kills an environment while it works. */
  crash(caller: Caller): void;
  /** How many environments there are now. */
  readonly environments: number;
  stop(): Promise<void>;
}

/** What the functions tell the runner and need from it. */
export interface FunctionsWorld extends EnvironmentWorld {
  busy<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Hears of each invocation as it begins, by the logical id of its function. */
  invoked?(id: string): void;
  /** Called with each invocation that failed, and whether its caller foresaw that. */
  failed(definition: FunctionDefinition, result: InvocationResult & { ok: false }, expected: boolean): void;
}

/** An empty set of functions over one fleet of environments. */
export function createFunctions(world: FunctionsWorld, limit?: number): LocalFunctions {
  const byName = new Map<string, FunctionDefinition>();
  const fleet = new Fleet(world, limit);
  return {
    define(definition) {
      for (const name of [definition.id, definition.name, definition.arn]) byName.set(name, definition);
    },
    get environments() {
      return fleet.size;
    },
    invoke(function_, event, expected) {
      const definition = byName.get(function_);
      if (definition === undefined) return Promise.reject(new Error(`There is no function ${function_}`));
      const payload = JSON.stringify(event);
      const large = tooLarge('Request', payload);
      if (large !== undefined) return Promise.resolve({ ok: false, ...large });
      const requestId = randomUUID();
      world.invoked?.(definition.id);
      return world.busy(async () => {
        const outcome = await fleet.use(definition, (environment) => environment.run(payload, requestId));
        const result = resultOf(outcome);
        if (!result.ok) world.failed(definition, result, result.errorMessage === expected);
        return result;
      });
    },
    crash: (caller) => fleet.crash(caller),
    stop: () => fleet.stop(),
  };
}

function resultOf(outcome: Outcome): InvocationResult {
  return 'payload' in outcome
    ? { ok: true, payload: JSON.parse(outcome.payload) }
    : { ok: false, ...outcome.failure };
}
