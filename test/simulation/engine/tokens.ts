import { invalid } from './table-errors.ts';

const pattern = /\s*([#:]\w+|<>|<=|>=|[=<>(),.]|[A-Za-z_]\w*)/y;

/** The words of an expression, one after another, and the aliases that were used. */
export class Tokens {
  readonly names = new Set<string>();
  readonly values = new Set<string>();
  readonly #text: string;
  readonly #words: readonly string[];
  #place = 0;

  constructor(text: string) {
    this.#text = text;
    this.#words = wordsOf(text);
  }

  /** Takes the next word if it is this one; words of the language may be written in small letters. */
  takes(word: string): boolean {
    if (this.#words[this.#place]?.toUpperCase() !== word.toUpperCase()) return false;
    this.#place++;
    return true;
  }

  expect(word: string): void {
    if (!this.takes(word)) throw this.refuse();
  }

  /** The alias of an attribute's name. */
  name(): string {
    return this.#alias('#', this.names);
  }

  /** The alias of a value. */
  value(): string {
    return this.#alias(':', this.values);
  }

  get next(): string | undefined {
    return this.#words[this.#place];
  }

  end(): void {
    if (this.next !== undefined) throw this.refuse();
  }

  refuse(): Error {
    return notKnown(`the expression '${this.#text}' at '${this.next ?? 'its end'}'`);
  }

  #alias(first: string, used: Set<string>): string {
    const word = this.next;
    if (word === undefined || !word.startsWith(first)) throw this.refuse();
    this.#place++;
    used.add(word);
    return word;
  }
}

/** AWS may take what the engine in memory does not: then the engine has to learn it before anything can rest on the answer. */
export const notKnown = (what: string): Error => new Error(`The engine in memory does not know ${what}`);

function wordsOf(text: string): readonly string[] {
  if (text.trim() === '') throw invalid('The expression can not be empty');
  const words: string[] = [];
  pattern.lastIndex = 0;
  for (let end = 0; end < text.trimEnd().length; end = pattern.lastIndex) {
    const word = pattern.exec(text)?.[1];
    if (word === undefined) throw notKnown(`the expression '${text}' at place ${end}`);
    words.push(word);
  }
  return words;
}
