const BITS = 32;

/** Places of rules, one bit for each, so that finding more of them for one alert costs nothing but those. */
export class Candidates {
  private readonly words: Uint32Array;
  private readonly brought = new Set<readonly number[]>();

  constructor(words: Uint32Array) {
    this.words = words.slice();
  }

  /** Adds rules that were found; the same list is added once. */
  bring(rules: readonly number[]): void {
    if (rules.length === 0 || this.brought.has(rules)) return;
    this.brought.add(rules);
    for (const rule of rules) mark(this.words, rule);
  }

  /** The next one after this place. */
  after(place: number): number | undefined {
    const from = place + 1;
    let at = Math.floor(from / BITS);
    let word = (this.words[at] ?? 0) & (-1 << (from % BITS));
    while (word === 0) {
      if (++at >= this.words.length) return undefined;
      word = this.words[at] ?? 0;
    }
    return at * BITS + BITS - 1 - Math.clz32(word & -word);
  }
}

/** Marks a place among so many that there is room for it. */
export function mark(words: Uint32Array, place: number): void {
  const at = Math.floor(place / BITS);
  words[at] = (words[at] ?? 0) | (1 << (place % BITS));
}

/** Room for so many places and those that were marked. */
export function roomFor(words: Uint32Array, places: number): Uint32Array {
  if (places <= words.length * BITS) return words;
  const more = new Uint32Array(Math.max(Math.ceil(places / BITS), words.length * 2));
  more.set(words);
  return more;
}
