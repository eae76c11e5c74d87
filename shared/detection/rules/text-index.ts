/** What is found by a text: rules that may match where it stands, and questions that are worth asking there. */
export interface Found {
  readonly rules: readonly number[];
  readonly questions: readonly number[];
}

/** A text that is looked for. */
interface Entry {
  readonly rules: number[];
  readonly questions: number[];
  readonly text: string;
  /** Where the three characters stand in it under which it is found. */
  readonly offset: number;
  /** In which reading it was found last: once found, it need not be looked for again. */
  seen: number;
}

/** Shorter texts stand nearly everywhere and are not worth looking for. */
export const SHORTEST_TEXT = 3;
const BITS = 7;
const MASK = (1 << (BITS * SHORTEST_TEXT)) - 1;

/** What comparing one text takes, in nanoseconds, and after how many of its characters that much again. */
const COMPARING = 15;
const COMPARED_AT_ONCE = 100;

/** Finds which of many texts stand in one, reading that once: each is kept under those three of its characters that fewest others use. */
export class TextIndex {
  private readonly grams = new Map<number, Entry[]>();
  private readonly entries = new Map<string, Entry>();
  private reading = 0;

  /** How many are looked at where this text stands, and how many texts are compared to find it. */
  cost(text: string): number {
    const known = this.entries.get(text);
    if (known) return known.rules.length + known.questions.length;
    return Math.min(...gramsOf(text).map((gram) => this.grams.get(gram)?.length ?? 0)) / 4;
  }

  add(text: string, kind: keyof Found, id: number): void {
    const ids = (this.entries.get(text) ?? this.enter(text))[kind];
    if (ids.at(-1) !== id) ids.push(id);
  }

  /** Nanoseconds for each character of a text at worst: that of the three characters under which most is kept. */
  crowd(): number {
    let most = 0;
    for (const entries of this.grams.values())
      most = Math.max(
        most,
        entries.reduce((all, { text }) => all + COMPARING * (1 + text.length / COMPARED_AT_ONCE), 0),
      );
    return most;
  }

  /** What is found by the texts that stand in this one. */
  find(text: string): readonly Found[] {
    const found: Found[] = [];
    this.reading++;
    let gram = 0;
    let run = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      run = code < 1 << BITS ? run + 1 : 0;
      gram = ((gram << BITS) | code) & MASK;
      if (run < SHORTEST_TEXT) continue;
      const start = at - SHORTEST_TEXT + 1;
      for (const entry of this.grams.get(gram) ?? none) this.look(entry, text, start - entry.offset, found);
    }
    return found;
  }

  private look(entry: Entry, text: string, start: number, found: Found[]): void {
    if (entry.seen === this.reading || !text.startsWith(entry.text, start)) return;
    entry.seen = this.reading;
    found.push(entry);
  }

  private enter(text: string): Entry {
    const sizes = gramsOf(text).map((gram) => this.grams.get(gram)?.length ?? 0);
    const offset = sizes.indexOf(Math.min(...sizes));
    const gram = gramsOf(text)[offset] ?? 0;
    const entry: Entry = { text, offset, rules: [], questions: [], seen: 0 };
    const others = this.grams.get(gram);
    if (others) others.push(entry);
    else this.grams.set(gram, [entry]);
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
