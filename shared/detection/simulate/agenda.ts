import type { Instant } from '../../kernel/index.ts';

interface Planned<What> {
  readonly at: Instant;
  readonly place: number;
  readonly what: What;
}

/** What is to happen at which time, in that order; of two at the same time what was planned first. Each step takes logarithmic time. */
export class Agenda<What> {
  readonly #heap: Planned<What>[] = [];
  #places = 0;

  plan(at: Instant, what: What): void {
    const heap = this.#heap;
    heap.push({ at, place: this.#places++, what });
    for (let i = heap.length - 1; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#swapped(parent, i)) break;
      i = parent;
    }
  }

  /** The next that is due by this time, which it then is no more. */
  take(by: Instant): { readonly at: Instant; readonly what: What } | undefined {
    const heap = this.#heap;
    const [first] = heap;
    if (!first || first.at > by) return undefined;
    const last = heap.pop();
    if (last && heap.length > 0) {
      heap[0] = last;
      this.#sink();
    }
    return first;
  }

  #sink(): void {
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      const child = right < this.#heap.length && isBefore(this.#heap[right], this.#heap[left]) ? right : left;
      if (child >= this.#heap.length || !this.#swapped(i, child)) return;
      i = child;
    }
  }

  /** Puts the two in order; whether they were not. */
  #swapped(parent: number, child: number): boolean {
    const [a, b] = [this.#heap[parent], this.#heap[child]];
    if (!a || !b || !isBefore(b, a)) return false;
    this.#heap[parent] = b;
    this.#heap[child] = a;
    return true;
  }
}

function isBefore<What>(a: Planned<What> | undefined, b: Planned<What> | undefined): boolean {
  return a !== undefined && b !== undefined && (a.at < b.at || (a.at === b.at && a.place < b.place));
}
