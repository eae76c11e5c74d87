/** Puts lists into orders that look like chance and depend on the seed alone. */
export interface Shuffle {
  /** The same things in another order. */
  any<One>(list: readonly One[]): readonly One[];
  /** The same things in another order, but those of one key in the order in which they were. */
  keeping<One>(list: readonly One[], keyOf: (one: One) => string): readonly One[];
}

/** @param seed a whole number */
export function seededShuffle(seed: number): Shuffle {
  const chance = chancesOf(seed);
  const any = <One>(list: readonly One[]): readonly One[] =>
    list
      .map((one) => ({ one, place: chance() }))
      .sort((a, b) => a.place - b.place)
      .map(({ one }) => one);
  return {
    any,
    keeping(list, keyOf) {
      const lines = Map.groupBy(list, keyOf);
      return any(list.map(keyOf)).flatMap((key) => lines.get(key)?.shift() ?? []);
    },
  };
}

/** The generator mulberry32: numbers from 0 up to 1, the same for the same seed. */
export function chancesOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
