import type { EngineCall } from './call.ts';

/** How often a function made a call, by how it was answered. */
export interface Count {
  readonly function: string;
  readonly service: EngineCall['service'];
  readonly operation: string;
  /** The status of HTTP; 0 when nobody answered. */
  readonly status: number;
  readonly times: number;
}

/** Counts the calls of all functions. Paths of buckets are not told apart. */
export class Tally {
  readonly #counts = new Map<string, Count & { times: number }>();

  add({ function: name, service, operation: whole }: EngineCall, status: number): void {
    const operation = service === 's3' ? whole.slice(0, whole.indexOf(' ')) : whole;
    const key = `${name} ${service} ${operation} ${status}`;
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { function: name, service, operation, status, times: 1 });
    else known.times += 1;
  }

  counts(): readonly Count[] {
    return [...this.#counts.values()].map((one) => ({ ...one }));
  }
}
