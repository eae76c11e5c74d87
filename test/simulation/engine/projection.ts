import { expressions } from './expression.ts';
import type { StoredItem, Value } from './table-types.ts';

type Path = readonly string[];

/** Reads a projection: paths of aliases, such as `#0, #1.#2`. */
export const projection = expressions<readonly Path[]>((tokens) => {
  const paths: Path[] = [];
  do {
    const path = [tokens.name()];
    while (tokens.takes('.')) path.push(tokens.name());
    paths.push(path);
  } while (tokens.takes(','));
  return paths;
});

type Known = Readonly<Record<string, Value>>;

/** The attributes of an item that a projection names; what is not there is left out, and a map is as deep as it was asked for. */
export function projected(
  item: StoredItem,
  paths: readonly Path[],
  names: Readonly<Record<string, string>>,
): StoredItem {
  const found: Record<string, Value> = {};
  for (const path of paths) {
    const words = path.map((alias) => names[alias] ?? alias);
    let value: Value | undefined = item;
    for (const word of words) value = isMap(value) ? (value[word] as Value | undefined) : undefined;
    if (value !== undefined) put(found, words, value);
  }
  return found as StoredItem;
}

function put(into: Record<string, Value>, [word = '', ...deeper]: readonly string[], value: Value): void {
  if (deeper.length === 0) {
    into[word] = value;
    return;
  }
  const inner = isMap(into[word]) ? { ...into[word] } : {};
  put(inner, deeper, value);
  into[word] = inner;
}

const isMap = (value: Value | undefined): value is Known =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Set) &&
  !(value instanceof Uint8Array);
