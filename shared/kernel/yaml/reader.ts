/** What is wrong with a text that should be YAML, and where. Lines and columns count from 1. */
export class YamlFault extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, row: number, column: number) {
    super(`${message} at line ${row + 1}, column ${column + 1}`);
    this.name = 'YamlFault';
    this.line = row + 1;
    this.column = column + 1;
  }
}

/** A line and a column of a text, both from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A place in the lines of a text. */
export class Reader {
  readonly lines: string[];
  /** Where the entries of each list and object begin. */
  readonly places = new WeakMap<object, ReadonlyMap<PropertyKey, TextPlace>>();
  row = 0;
  column = 0;

  constructor(text: string) {
    this.lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  }

  get line(): string {
    return this.lines[this.row] ?? '';
  }

  /** What is left of the line. */
  get rest(): string {
    return this.line.slice(this.column);
  }

  get isOver(): boolean {
    return this.row >= this.lines.length;
  }

  at(row: number, column = 0): this {
    this.row = row;
    this.column = column;
    return this;
  }

  /** Where it stands now. */
  get place(): TextPlace {
    return { line: this.row + 1, column: this.column + 1 };
  }

  /** Keeps where the entries of a list or an object begin. */
  placed<Entries extends object>(entries: Entries, places: ReadonlyMap<PropertyKey, TextPlace>): Entries {
    this.places.set(entries, places);
    return entries;
  }

  fault(message: string): YamlFault {
    return new YamlFault(message, Math.min(this.row, this.lines.length - 1), this.column);
  }

  /** Goes to the next line that says something, or to the end; the column is its indentation. */
  seek(): void {
    while (!this.isOver && /^[ \t]*(#.*)?$/.test(this.line)) this.row++;
    this.column = /^ */.exec(this.line)?.[0].length ?? 0;
    if (!this.isOver && this.line[this.column] === '\t')
      throw this.fault('Indentation is made of spaces, not of tabs');
  }

  /** Skips blanks of the line. */
  skipBlanks(): void {
    while (this.line[this.column] === ' ' || this.line[this.column] === '\t') this.column++;
  }

  /** After a value: nothing but a comment may follow on its line. */
  endLine(): void {
    if (!/^([ \t]*|[ \t]+#.*)$/.test(this.rest)) throw this.fault('Expected the end of the line');
    this.at(this.row + 1);
  }
}
