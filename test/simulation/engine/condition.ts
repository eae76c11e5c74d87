import { type Aliases, expressions } from './expression.ts';
import { compareText } from './order.ts';
import { invalid } from './table-errors.ts';
import type { StoredItem, Value } from './table-types.ts';
import type { Tokens } from './tokens.ts';
import { same } from './values.ts';

/** Whether an item, or that there is none, fulfils a condition. */
export type Test = (item: Partial<StoredItem>, aliases: Aliases) => boolean;

type Operand = (item: Partial<StoredItem>, aliases: Aliases) => Value | undefined;

/** Reads a condition expression. */
export const condition = expressions<Test>(either);

function either(tokens: Tokens): Test {
  const tests = [all(tokens)];
  while (tokens.takes('OR')) tests.push(all(tokens));
  const [only] = tests;
  return only !== undefined && tests.length === 1
    ? only
    : (item, aliases) => tests.some((test) => test(item, aliases));
}

function all(tokens: Tokens): Test {
  const tests = [negation(tokens)];
  while (tokens.takes('AND')) tests.push(negation(tokens));
  const [only] = tests;
  return only !== undefined && tests.length === 1
    ? only
    : (item, aliases) => tests.every((test) => test(item, aliases));
}

function negation(tokens: Tokens): Test {
  if (!tokens.takes('NOT')) return single(tokens);
  const test = negation(tokens);
  return (item, aliases) => !test(item, aliases);
}

function single(tokens: Tokens): Test {
  if (tokens.takes('(')) {
    if (tokens.next === '(') throw invalid('The expression has redundant parentheses');
    const test = either(tokens);
    tokens.expect(')');
    return test;
  }
  if (tokens.takes('attribute_exists')) return existence(tokens, true);
  if (tokens.takes('attribute_not_exists')) return existence(tokens, false);
  if (tokens.takes('begins_with')) return ofTwo(tokens, beginsWith);
  if (tokens.takes('contains')) return ofTwo(tokens, contains);
  return comparison(tokens);
}

function existence(tokens: Tokens, wanted: boolean): Test {
  tokens.expect('(');
  const name = tokens.name();
  tokens.expect(')');
  return (item, { names }) => (item[names[name] ?? ''] !== undefined) === wanted;
}

function ofTwo(tokens: Tokens, holds: (a: Value | undefined, b: Value | undefined) => boolean): Test {
  tokens.expect('(');
  const left = operand(tokens);
  tokens.expect(',');
  const right = operand(tokens);
  tokens.expect(')');
  return (item, aliases) => holds(left(item, aliases), right(item, aliases));
}

function comparison(tokens: Tokens): Test {
  const left = operand(tokens);
  if (tokens.takes('BETWEEN')) return between(tokens, left);
  const sign = tokens.next ?? '';
  const holds = comparisons[sign];
  if (holds === undefined) throw tokens.refuse();
  tokens.takes(sign);
  const right = operand(tokens);
  return (item, aliases) => holds(left(item, aliases), right(item, aliases));
}

function between(tokens: Tokens, operandOf: Operand): Test {
  const low = operand(tokens);
  tokens.expect('AND');
  const high = operand(tokens);
  return (item, aliases) => {
    const [bottom, top] = [low(item, aliases), high(item, aliases)];
    if (ordered(bottom, top, (n) => n > 0))
      throw invalid('The BETWEEN operator requires upper bound >= lower bound');
    const value = operandOf(item, aliases);
    return ordered(value, bottom, (n) => n >= 0) && ordered(value, top, (n) => n <= 0);
  };
}

function operand(tokens: Tokens): Operand {
  if (tokens.next?.startsWith(':')) {
    const value = tokens.value();
    return (_, { values }) => values[value];
  }
  if (!tokens.takes('size')) {
    const name = tokens.name();
    return (item, { names }) => item[names[name] ?? ''];
  }
  tokens.expect('(');
  const name = tokens.name();
  tokens.expect(')');
  return (item, { names }) => sizeOf(item[names[name] ?? '']);
}

type Comparison = (a: Value | undefined, b: Value | undefined) => boolean;

const comparisons: Readonly<Record<string, Comparison>> = {
  '=': (a, b) => a !== undefined && same(a, b),
  '<>': (a, b) => a === undefined || !same(a, b),
  '<': (a, b) => ordered(a, b, (n) => n < 0),
  '<=': (a, b) => ordered(a, b, (n) => n <= 0),
  '>': (a, b) => ordered(a, b, (n) => n > 0),
  '>=': (a, b) => ordered(a, b, (n) => n >= 0),
};

/** Values of different types have no order: then nothing holds. */
function ordered(a: Value | undefined, b: Value | undefined, holds: (order: number) => boolean): boolean {
  if (typeof a === 'string' && typeof b === 'string') return holds(compareText(a, b));
  if (typeof a === 'number' && typeof b === 'number') return holds(a - b);
  if (typeof b === 'string' || typeof b === 'number' || b === undefined) return false;
  throw invalid('Incorrect operand type for operator or function');
}

function beginsWith(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof b !== 'string') throw invalid('Incorrect operand type for operator or function; begins_with');
  return typeof a === 'string' && a.startsWith(b);
}

function contains(a: Value | undefined, b: Value | undefined): boolean {
  if (a instanceof Set) return b !== undefined && a.has(b);
  if (Array.isArray(a)) return a.some((one) => same(one, b));
  return typeof a === 'string' && typeof b === 'string' && a.includes(b);
}

/** Sets, lists and maps have a number of members; bytes and texts in UTF-8 a length. */
function sizeOf(value: Value | undefined): number | undefined {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (value instanceof Set) return value.size;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return Object.keys(value).length;
}
