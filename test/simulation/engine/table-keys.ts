import { table } from '../../../shared/table/index.ts';
import { isTooLarge } from './sizes.ts';
import { invalid } from './table-errors.ts';
import type { Key, StoredItem, Value } from './table-types.ts';
import { takenMap } from './values.ts';

const MAX_PARTITION_KEY = 2048;
const MAX_SORT_KEY = 1024;

/** The key that a caller gives, and nothing beside it. */
export function keyOf(given: unknown): Key {
  const key = (given ?? {}) as Readonly<Record<string, unknown>>;
  for (const name in key) {
    if (name !== 'pk' && name !== 'sk') throw invalid('The provided key element does not match the schema');
  }
  return keyIn(key);
}

/** A copy of the item that a caller gives. */
export function takenItem(given: object): StoredItem {
  const item = takenMap(given);
  keyIn(item);
  return item as StoredItem;
}

/** Refuses an item that is too large, or that an index could not hold. */
export function checkItem(item: StoredItem): void {
  for (const { name, partitionKey, sortKey } of table.indexes) {
    checkIndexKey(item[partitionKey], partitionKey, name, MAX_PARTITION_KEY);
    checkIndexKey(item[sortKey], sortKey, name, MAX_SORT_KEY);
  }
  if (isTooLarge(item))
    throw invalid(`Item size has exceeded the maximum allowed size: ${item.pk} ${item.sk}`);
}

function keyIn({ pk, sk }: Readonly<Record<string, unknown>>): Key {
  return { pk: keyText(pk, 'pk', MAX_PARTITION_KEY), sk: keyText(sk, 'sk', MAX_SORT_KEY) };
}

function keyText(value: unknown, name: string, most: number): string {
  if (typeof value !== 'string') throw invalid(`The provided key element does not match the schema: ${name}`);
  if (value === '') {
    throw invalid(
      `The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  }
  if (value.length * 3 > most && Buffer.byteLength(value) > most) {
    throw invalid(`Size of the key ${name} has exceeded the maximum size limit of ${most} bytes`);
  }
  return value;
}

function checkIndexKey(value: Value | undefined, name: string, index: string, most: number): void {
  if (value === undefined) return;
  if (typeof value !== 'string')
    throw invalid(`Type mismatch for Index Key ${name} Expected: S IndexName: ${index}`);
  keyText(value, name, most);
}
