import type { Duration, Instant } from '../../shared/kernel/index.ts';
import { clock } from './clock.ts';

/** A bounded memory of one environment: forgets after a time of its own for each entry, and the oldest when it is full. */
export class ExpiringCache<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly until: Instant }>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get(name: string): { readonly value: Value } | undefined {
    const entry = this.#entries.get(name);
    if (entry !== undefined && clock.now() < entry.until) return entry;
    this.#entries.delete(name);
    return undefined;
  }

  set(name: string, value: Value, lifetime: Duration): void {
    this.#entries.delete(name);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size >= this.#max && oldest !== undefined) this.#entries.delete(oldest);
    this.#entries.set(name, { value, until: clock.now() + lifetime });
  }

  delete(name: string): void {
    this.#entries.delete(name);
  }
}
