import { invalid } from './table-errors.ts';
import type { Value } from './table-types.ts';
import { notKnown, Tokens } from './tokens.ts';
import { takenMap } from './values.ts';

/** What the aliases of one request stand for. */
export interface Aliases {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, Value>>;
}

/** An expression as it was read once: what it means, and the aliases it uses. */
export interface Expression<Meaning> {
  readonly meaning: Meaning;
  readonly names: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

/** A reader of one kind of expression that reads each text once. */
export function expressions<Meaning>(
  read: (tokens: Tokens) => Meaning,
): (text: string) => Expression<Meaning> {
  const known = new Map<string, Expression<Meaning>>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const tokens = new Tokens(text);
    const meaning = read(tokens);
    tokens.end();
    const expression = { meaning, names: tokens.names, values: tokens.values };
    known.set(text, expression);
    return expression;
  };
}

/** The aliases as a request carries them. */
export interface AliasMaps {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>;
}

const nothing = Object.freeze({});

/** The aliases of a request, refused when the expressions use others or not all of them, as DynamoDB refuses them. */
export function aliasesOf(
  { ExpressionAttributeNames: names = nothing, ExpressionAttributeValues: given }: AliasMaps,
  used: readonly (Expression<unknown> | undefined)[],
): Aliases {
  const values = given === undefined ? nothing : takenMap(given);
  check('ExpressionAttributeNames', names, used, 'names');
  check('ExpressionAttributeValues', values, used, 'values');
  return { names, values };
}

function check(
  what: string,
  map: Readonly<Record<string, unknown>>,
  used: readonly (Expression<unknown> | undefined)[],
  kind: 'names' | 'values',
): void {
  for (const expression of used) {
    for (const alias of expression?.[kind] ?? []) {
      if (map[alias] === undefined) throw invalid(`An expression uses ${alias}, which is not in ${what}`);
    }
  }
  for (const alias in map) {
    if (!used.some((expression) => expression?.[kind].has(alias))) {
      throw invalid(`Value provided in ${what} unused in expressions: keys: {${alias}}`);
    }
  }
}

/** Refuses members of an input that the engine would not obey. */
export function onlyKnown(operation: string, input: object, known: ReadonlySet<string>): void {
  const given = input as Readonly<Record<string, unknown>>;
  for (const name in given) {
    if (given[name] !== undefined && !known.has(name)) throw notKnown(`${name} of ${operation}`);
  }
}
