interface Limits<Entry> {
  readonly count: number;
  readonly size: number;
  sizeOf(entry: Entry): number;
}

/** Cuts a list into runs of at most `count` entries and `size` bytes together; an entry that is too large alone is refused. */
export function chunked<Entry>(entries: readonly Entry[], limits: Limits<Entry>): Entry[][] {
  const chunks: Entry[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const own = limits.sizeOf(entry);
    if (own > limits.size) throw new Error(`A message of ${own} bytes is larger than ${limits.size}`);
    const last = chunks.at(-1);
    if (last === undefined || last.length === limits.count || size + own > limits.size) {
      chunks.push([entry]);
      size = own;
    } else {
      last.push(entry);
      size += own;
    }
  }
  return chunks;
}
