/** A text that is looked for, and the rules that may match where it stands. */
interface Entry {
  readonly text: string;
  /** Where the three characters stand in it under which it is found. */
  readonly offset: number;
  readonly rules: number[];
}

/** Shorter texts stand nearly everywhere and are not worth looking for. */
export const SHORTEST_TEXT = 3;
const BITS = 7;
const MASK = (1 << (BITS * SHORTEST_TEXT)) - 1;

/** Finds which of many texts stand in one, reading that once: each is kept under those three of its characters that fewest others use. */
export class TextIndex {
  private readonly grams = new Map<number, Entry[]>();
  private readonly entries = new Map<string, Entry>();

  /** How many rules are looked at where this one's text stands, and how many texts are compared to find it. */
  cost(text: string): number {
    const known = this.entries.get(text);
    if (known) return known.rules.length;
    return Math.min(...gramsOf(text).map((gram) => this.grams.get(gram)?.length ?? 0)) / 4;
  }

  add(text: string, rule: number): void {
    const entry = this.entries.get(text) ?? this.enter(text);
    if (entry.rules.at(-1) !== rule) entry.rules.push(rule);
  }

  /** Adds the rules whose text stands in this one. */
  find(text: string, found: number[]): void {
    let gram = 0;
    let run = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      run = code < 1 << BITS ? run + 1 : 0;
      gram = ((gram << BITS) | code) & MASK;
      if (run < SHORTEST_TEXT) continue;
      const start = at - SHORTEST_TEXT + 1;
      for (const entry of this.grams.get(gram) ?? none)
        if (text.startsWith(entry.text, start - entry.offset))
          for (const rule of entry.rules) found.push(rule);
    }
  }

  private enter(text: string): Entry {
    const sizes = gramsOf(text).map((gram) => this.grams.get(gram)?.length ?? 0);
    const offset = sizes.indexOf(Math.min(...sizes));
    const gram = gramsOf(text)[offset] ?? 0;
    const entry: Entry = { text, offset, rules: [] };
    this.grams.set(gram, [...(this.grams.get(gram) ?? none), entry]);
    this.entries.set(text, entry);
    return entry;
  }
}

const none: readonly Entry[] = [];

/** Three characters of ASCII as a number, from each place on. */
function gramsOf(text: string): readonly number[] {
  return Array.from({ length: text.length - SHORTEST_TEXT + 1 }, (_, at) =>
    [0, 1, 2].reduce((gram, next) => (gram << BITS) | text.charCodeAt(at + next), 0),
  );
}
