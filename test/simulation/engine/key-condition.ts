import { type Aliases, expressions } from './expression.ts';
import { compareText } from './order.ts';
import { invalid } from './table-errors.ts';
import type { Tokens } from './tokens.ts';

type Operator = '=' | '<' | '<=' | '>' | '>=' | 'BETWEEN' | 'begins_with';

interface KeyCondition {
  readonly partition: { readonly name: string; readonly value: string };
  readonly sort?: { readonly name: string; readonly does: Operator; readonly values: readonly string[] };
}

/** A part of one partition, by sort key. */
export interface Range {
  readonly partition: string;
  /** Whether a sort key comes before the part. */
  before(sort: string): boolean;
  /** Whether a sort key comes behind the part. */
  behind(sort: string): boolean;
}

/** Reads a key condition: the partition first, then at most one test of the sort key. */
export const keyCondition = expressions<KeyCondition>((tokens) => {
  const name = tokens.name();
  tokens.expect('=');
  const partition = { name, value: tokens.value() };
  if (!tokens.takes('AND')) return { partition };
  return { partition, sort: tokens.takes('begins_with') ? prefix(tokens) : comparison(tokens) };
});

function prefix(tokens: Tokens): NonNullable<KeyCondition['sort']> {
  tokens.expect('(');
  const name = tokens.name();
  tokens.expect(',');
  const values = [tokens.value()];
  tokens.expect(')');
  return { name, does: 'begins_with', values };
}

function comparison(tokens: Tokens): NonNullable<KeyCondition['sort']> {
  const name = tokens.name();
  if (tokens.takes('BETWEEN')) {
    const low = tokens.value();
    tokens.expect('AND');
    return { name, does: 'BETWEEN', values: [low, tokens.value()] };
  }
  const does = (['=', '<', '<=', '>', '>='] as const).find((sign) => tokens.takes(sign));
  if (does === undefined) throw tokens.refuse();
  return { name, does, values: [tokens.value()] };
}

/** The part of a partition that a key condition means for a table or index with these key attributes. */
export function rangeOf(
  { partition, sort }: KeyCondition,
  { names, values }: Aliases,
  keys: { readonly partitionKey: string; readonly sortKey: string },
): Range {
  if (names[partition.name] !== keys.partitionKey) {
    throw invalid(`Query condition missed key schema element: ${keys.partitionKey}`);
  }
  const value = keyText(values[partition.value]);
  if (sort === undefined) return { partition: value, before: () => false, behind: () => false };
  if (names[sort.name] !== keys.sortKey) {
    throw invalid(`Query condition missed key schema element: ${keys.sortKey}`);
  }
  const [low = '', high = low] = sort.values.map((alias) => keyText(values[alias]));
  return { partition: value, ...bounds(sort.does, low, high) };
}

function keyText(value: unknown): string {
  if (typeof value !== 'string') throw invalid('Condition parameter type does not match schema type');
  if (value === '') throw invalid('A key attribute cannot contain an empty string value');
  return value;
}

function bounds(does: Operator, low: string, high: string): Pick<Range, 'before' | 'behind'> {
  if (does === 'BETWEEN' && compareText(low, high) > 0) {
    throw invalid('The BETWEEN operator requires upper bound to be greater than or equal to lower bound');
  }
  if (does === 'begins_with') {
    return {
      before: (sort) => !sort.startsWith(low) && compareText(sort, low) < 0,
      behind: (sort) => !sort.startsWith(low) && compareText(sort, low) > 0,
    };
  }
  const fromLow = does === '>' || does === '>=' || does === 'BETWEEN' || does === '=';
  const toHigh = does === '<' || does === '<=' || does === 'BETWEEN' || does === '=';
  return {
    before: (sort) => fromLow && compareText(sort, low) < (does === '>' ? 1 : 0),
    behind: (sort) => toHigh && compareText(sort, high) > (does === '<' ? -1 : 0),
  };
}
