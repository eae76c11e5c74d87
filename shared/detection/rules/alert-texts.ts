import type { Need } from '../../kernel/index.ts';
import type { Asked } from './asked.ts';
import { type Found, SHORTEST_TEXT, TextIndex } from './text-index.ts';

/** The fixed texts that a rule set looks for, by where: each alert is read once for all of them. */
export class AlertTexts {
  readonly #texts = new Map<string, TextIndex>();
  readonly #read = new Map<string, { readonly text: string; readonly found: Found }>();
  #state: symbol | undefined;
  #found: Found = { rules: [], questions: [] };

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
    this.#state = undefined;
  }

  /** What is found by the texts that stand in an alert, some of it several times. */
  found(asked: Asked): Found {
    if (asked.state === this.#state) return this.#found;
    this.#state = asked.state;
    this.#found = { rules: [], questions: [] };
    for (const key of asked.keys()) {
      const index = this.#texts.get(key);
      if (!index) continue;
      const { rules, questions } = this.#foundIn(index, key, asked.fold(key));
      for (const rule of rules) this.#found.rules.push(rule);
      for (const question of questions) this.#found.questions.push(question);
    }
    return this.#found;
  }

  /** What it takes to look for all texts under each key: nanoseconds for each character, at worst. */
  *crowds(): Generator<readonly [key: string, cost: number]> {
    for (const [key, index] of this.#texts) yield [key, index.crowd()];
  }

  /** A rule may change the title and nothing else: what says the same is not read again. */
  #foundIn(index: TextIndex, key: string, text: string): Found {
    const before = this.#read.get(key);
    if (before?.text === text) return before.found;
    const found: Found = { rules: [], questions: [] };
    index.find(text, found);
    this.#read.set(key, { text, found });
    return found;
  }
}
