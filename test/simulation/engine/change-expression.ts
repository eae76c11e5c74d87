import { type Aliases, expressions } from './expression.ts';
import { invalid } from './table-errors.ts';
import type { StoredItem, Value } from './table-types.ts';
import type { Tokens } from './tokens.ts';

interface Action {
  readonly does: 'SET' | 'REMOVE' | 'ADD';
  readonly name: string;
  readonly value: string;
}

/** Reads an update expression: SET to a value, REMOVE, and ADD to a number or a set. */
export const change = expressions<readonly Action[]>((tokens) => {
  const actions: Action[] = [];
  const clauses = new Set<string>();
  while (tokens.next !== undefined) {
    const does = (['SET', 'REMOVE', 'ADD'] as const).find((word) => tokens.takes(word));
    if (does === undefined) throw tokens.refuse();
    if (clauses.has(does))
      throw invalid(`The "${does}" section can only be used once in an update expression`);
    clauses.add(does);
    do actions.push(actionOf(does, tokens));
    while (tokens.takes(','));
  }
  return actions;
});

function actionOf(does: Action['does'], tokens: Tokens): Action {
  const name = tokens.name();
  if (does === 'REMOVE') return { does, name, value: '' };
  if (does === 'SET') tokens.expect('=');
  return { does, name, value: tokens.value() };
}

const keyAttributes: ReadonlySet<string> = new Set(['pk', 'sk']);

/** Refuses an update that no item could take. */
export function checkChange(actions: readonly Action[], { names, values }: Aliases): void {
  const touched = new Set<string>();
  for (const { does, name: alias, value } of actions) {
    const name = names[alias] ?? '';
    if (keyAttributes.has(name))
      throw invalid(`Cannot update attribute ${name}. This attribute is part of the key`);
    if (touched.has(name)) throw invalid(`Two document paths overlap with each other; ${name}`);
    touched.add(name);
    if (does === 'ADD' && typeof values[value] !== 'number' && !(values[value] instanceof Set)) {
      throw invalid('Incorrect operand type for operator or function; operator: ADD');
    }
  }
}

/** The item after an update. */
export function changed(item: StoredItem, actions: readonly Action[], aliases: Aliases): StoredItem {
  const next: Record<string, Value> & StoredItem = { ...item };
  for (const { does, name: alias, value } of actions) {
    const name = aliases.names[alias] ?? '';
    const given = aliases.values[value] as Value;
    if (does === 'REMOVE') delete next[name];
    else next[name] = does === 'SET' ? given : added(item[name], given);
  }
  return next;
}

function added(before: Value | undefined, more: Value): Value {
  if (typeof more === 'number' && (before === undefined || typeof before === 'number')) {
    return (before ?? 0) + more;
  }
  if (more instanceof Set && (before === undefined || (before instanceof Set && sameKind(before, more)))) {
    return new Set<unknown>([
      ...((before as ReadonlySet<unknown> | undefined) ?? []),
      ...more,
    ]) as ReadonlySet<string>;
  }
  throw invalid('An operand in the update expression has an incorrect data type');
}

const sameKind = (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean =>
  typeof [...a][0] === typeof [...b][0];
