import type { Key } from './table-types.ts';
import { nameOf } from './transaction.ts';

/** The items that transactions are at work on, each transaction known by its input. */
export class ItemsInProgress {
  readonly #holders = new Map<string, Set<unknown>>();

  /** Marks items until the function that is given back is called. */
  begin(holder: unknown, keys: readonly Key[]): () => void {
    const names = keys.map(nameOf);
    for (const name of names) {
      const holders = this.#holders.get(name) ?? new Set();
      this.#holders.set(name, holders.add(holder));
    }
    return () => {
      for (const name of names) {
        const holders = this.#holders.get(name);
        holders?.delete(holder);
        if (holders?.size === 0) this.#holders.delete(name);
      }
    };
  }

  /** Whether another transaction than this one is at work on the item. */
  meets(key: Key, holder: unknown): boolean {
    if (this.#holders.size === 0) return false;
    const holders = this.#holders.get(nameOf(key));
    return holders !== undefined && holders.size > (holders.has(holder) ? 1 : 0);
  }
}
