import type { Need } from '../../kernel/index.ts';
import type { Asked } from './asked.ts';
import { type Found, SHORTEST_TEXT, TextIndex } from './text-index.ts';

/** The fixed texts that a rule set looks for, by where: each alert is read once for all of them. */
export class AlertTexts {
  readonly #texts = new Map<string, TextIndex>();
  readonly #read = new Map<string, { readonly text: string; readonly found: readonly Found[] }>();

  /** Of several needs the one whose texts find least else; undefined where none has texts that are long enough. */
  cheapest(key: string, needs: readonly Need[]): Need | undefined {
    const costs = needs
      .filter((need) => need.every(({ length }) => length >= SHORTEST_TEXT))
      .map((need) => ({ need, cost: need.reduce((sum, text) => sum + this.cost(key, text), 0) }));
    const [first, ...others] = costs;
    return others.reduce((best, one) => (best && one.cost < best.cost ? one : best), first)?.need;
  }

  /** How much is looked at where this text stands. */
  cost(key: string, text: string): number {
    return this.#texts.get(key)?.cost(text) ?? 0;
  }

  add(key: string, text: string, kind: keyof Found, id: number): void {
    const index = this.#texts.get(key) ?? new TextIndex();
    this.#texts.set(key, index);
    index.add(text, kind, id);
    this.#read.delete(key);
  }

  /** What is found by the texts that stand in what an alert says under a key. */
  found(asked: Asked, key: string): readonly Found[] {
    const index = this.#texts.get(key);
    if (!index) return none;
    const text = asked.fold(key);
    const before = this.#read.get(key);
    if (before?.text === text) return before.found;
    const found = index.find(text);
    this.#read.set(key, { text, found });
    return found;
  }

  /** What it takes to look for all texts under each key: nanoseconds for each character, at worst. */
  *crowds(): Generator<readonly [key: string, cost: number]> {
    for (const [key, index] of this.#texts) yield [key, index.crowd()];
  }
}

const none: readonly Found[] = [];
