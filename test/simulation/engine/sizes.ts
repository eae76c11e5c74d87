import type { StoredItem, Value } from './table-types.ts';

/** The most bytes of an item, as DynamoDB counts them. */
export const MAX_ITEM = 400 * 1024;

/** The size of an item in bytes: attribute names and values, as AWS describes it. */
export function sizeOfItem(item: StoredItem): number {
  return sizeOfMap(item);
}

/** At least the size of an item, found without looking at each character. */
export function mostSizeOf(value: Value): number {
  if (typeof value === 'string') return value.length * 3;
  if (typeof value !== 'object' || value === null) return 22;
  if (value instanceof Uint8Array) return value.length;
  let size = 3;
  if (Array.isArray(value)) for (const one of value) size += 1 + mostSizeOf(one);
  else if (value instanceof Set) for (const one of value) size += mostSizeOf(one);
  else {
    const map = value as Readonly<Record<string, Value>>;
    for (const name in map) size += 1 + name.length * 3 + mostSizeOf(map[name] as Value);
  }
  return size;
}

export function isTooLarge(item: StoredItem): boolean {
  return areLarger([item], MAX_ITEM);
}

/** Whether items have more bytes together; they are counted only when it is not plain at a glance. */
export function areLarger(items: readonly (StoredItem | undefined)[], bytes: number): boolean {
  return sum(items, mostSizeOf) > bytes && sum(items, sizeOfItem) > bytes;
}

const sum = (items: readonly (StoredItem | undefined)[], sizeOf: (item: StoredItem) => number): number =>
  items.reduce((all, item) => (item === undefined ? all : all + sizeOf(item)), 0);

function sizeOfMap(map: Readonly<Record<string, Value>>): number {
  let size = 0;
  for (const name in map) size += Buffer.byteLength(name) + sizeOf(map[name] as Value);
  return size;
}

function sizeOf(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return sizeOfNumber(value);
  if (typeof value !== 'object' || value === null) return 1;
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return 3 + value.reduce((sum: number, one: Value) => sum + 1 + sizeOf(one), 0);
  if (value instanceof Set) return [...value].reduce((sum: number, one: Value) => sum + sizeOf(one), 0);
  const map = value as Readonly<Record<string, Value>>;
  return 3 + Object.keys(map).length + sizeOfMap(map);
}

/** About a byte for two digits, and one more. */
function sizeOfNumber(value: number): number {
  const digits = String(Math.abs(value)).replace(/[.]|^0+|0+$|e.*/g, '').length;
  return Math.ceil(digits / 2) + 1 + (value < 0 ? 1 : 0);
}
