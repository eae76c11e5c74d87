import type { StoredItem, Value } from './table-types.ts';

/**
 * A copy of what a caller gives, as lib-dynamodb makes it with `removeUndefinedValues`: without undefined and functions,
 * and an error for what DynamoDB has no type for.
 */
export function taken(value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return takenNumber(value);
    case 'object':
      return value === null ? null : takenObject(value);
    default:
      throw new Error(`Unsupported type passed: ${String(value)}.`);
  }
}

/** A copy for a caller, who may change it. */
export function given(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(given);
  if (value instanceof Set) return new Set(value) as ReadonlySet<string>;
  if (value instanceof Uint8Array) return value.slice();
  return givenMap(value as Readonly<Record<string, Value>>);
}

/** A copy of an item or map for a caller. */
export function givenMap<Map extends Readonly<Record<string, Value>>>(map: Map): Record<string, Value> {
  // A spread keeps the shape of the object, which is far faster than one attribute after another.
  const copy: Record<string, Value> = { ...map };
  for (const name in copy) {
    const value = copy[name] as Value;
    if (typeof value === 'object' && value !== null) copy[name] = given(value);
  }
  return copy;
}

/** What was fixed: nobody can change it any more. */
const fixed = new WeakSet<object>();

/**
 * An item for any number of callers: itself, fixed, so that whoever would change it is stopped. Hundreds who read the same hundreds
 * of items would otherwise spend most of their time on copies. Sets and bytes cannot be fixed: what holds them is copied.
 */
export function lent(item: StoredItem): Readonly<Record<string, Value>> {
  if (fixed.has(item)) return item;
  if (!canBeFixed(item)) return givenMap(item);
  fix(item);
  fixed.add(item);
  return item;
}

const canBeFixed = (value: Value): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (!(value instanceof Set) && !(value instanceof Uint8Array) && Object.values(value).every(canBeFixed));

function fix(value: Value): void {
  if (typeof value !== 'object' || value === null) return;
  Object.values(value).forEach(fix);
  Object.freeze(value);
}

/** A copy of an item or map that a caller gives. */
export function takenMap(map: object): Record<string, Value> {
  const copy: Record<string, Value> = {};
  const source = map as Readonly<Record<string, unknown>>;
  for (const name in source) {
    const value = source[name];
    if (typeof value === 'string') copy[name] = value;
    else if (value !== undefined && typeof value !== 'function') copy[name] = taken(value);
  }
  return copy;
}

function takenNumber(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`Special numeric value ${value} is not allowed`);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    throw new Error(`Number ${value} is beyond what is exact. Use NumberValue from @aws-sdk/lib-dynamodb.`);
  }
  return value === 0 ? 0 : value;
}

function takenObject(value: object): Value {
  if (Array.isArray(value)) {
    return value.filter((one) => one !== undefined && typeof one !== 'function').map(taken);
  }
  if (value instanceof Set) return takenSet(value);
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return takenMap(value);
  throw new Error(
    `Unsupported type passed: ${value.constructor.name}. It is neither a plain object nor a Set.`,
  );
}

function takenSet(given: ReadonlySet<unknown>): Value {
  const members = [...given].filter((one) => one !== undefined);
  if (members.length === 0) throw new Error('Pass a non-empty set, or options.convertEmptyValues=true.');
  if (members.every((one) => typeof one === 'string')) return new Set(members);
  if (members.every((one) => typeof one === 'number')) return new Set(members.map(takenNumber));
  throw new Error('Only Number Set (NS), Binary Set (BS) or String Set (SS) are allowed.');
}

/** Whether two values are the same to DynamoDB: of one type, sets without order. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return sameList(a, b);
  if (a instanceof Set || b instanceof Set) return sameSet(a, b);
  if (a instanceof Uint8Array || b instanceof Uint8Array) return sameBytes(a, b);
  return sameMap(a as Readonly<Record<string, Value>>, b as Readonly<Record<string, Value>>);
}

const sameList = (a: Value, b: Value): boolean =>
  Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => same(one, b[i]));

const sameSet = (a: Value, b: Value): boolean =>
  a instanceof Set && b instanceof Set && a.size === b.size && [...a].every((one) => b.has(one));

const sameBytes = (a: Value, b: Value): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;

function sameMap(a: Readonly<Record<string, Value>>, b: Readonly<Record<string, Value>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && same(a[name], b[name]));
}
