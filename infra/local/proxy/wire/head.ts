/** The head of a message of HTTP/1.1, read as far as somebody asks. */
export class Head {
  /** Everything up to the empty line, as latin1; header names as they came. */
  readonly text: string;
  #lower: string | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** `POST /path HTTP/1.1` or `HTTP/1.1 200 OK`. */
  get firstLine(): string {
    return this.text.slice(0, this.text.indexOf('\r\n'));
  }

  /** The value of a header; `name` in lower case. */
  get(name: string): string | undefined {
    this.#lower ??= this.text.toLowerCase();
    const at = this.#lower.indexOf(`\r\n${name}:`);
    if (at < 0) return undefined;
    const begin = at + name.length + 3;
    return this.text.slice(begin, this.text.indexOf('\r\n', begin)).trim();
  }

  /** All headers by their names in lower case; of one that is repeated, the values joined as HTTP allows. */
  all(): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const line of this.text.split('\r\n').slice(1)) {
      const colon = line.indexOf(':');
      if (colon < 0) continue;
      const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
    }
    return headers;
  }

  /** The same head without some headers (lower case), and with others. */
  changed(without: readonly string[], more: Readonly<Record<string, string>>): Head {
    const lines = this.text.split('\r\n').filter((line) => line !== '');
    const kept = lines.filter(
      (line, at) => at === 0 || !without.includes(line.slice(0, line.indexOf(':')).toLowerCase()),
    );
    const added = Object.entries(more).map(([name, value]) => `${name}: ${value}`);
    return new Head(`${[...kept, ...added].join('\r\n')}\r\n\r\n`);
  }
}
