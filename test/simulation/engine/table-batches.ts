import { onlyKnown } from './expression.ts';
import { MAX_ITEM, sizeOfItem } from './sizes.ts';
import { invalid } from './table-errors.ts';
import { keyOf } from './table-keys.ts';
import { PageMeter } from './table-reads.ts';
import type { Key, StoredItem } from './table-types.ts';
import { notKnown } from './tokens.ts';
import { nameOf } from './transaction.ts';
import { givenMap } from './values.ts';

const MAX_KEYS = 100;
const MAX_BYTES = 16 * 1024 * 1024;

/** The reads of one BatchGet, which asks one table. */
export interface Batch {
  readonly table: string;
  readonly keys: readonly Key[];
  readonly consistent: boolean;
}

interface BatchInput {
  readonly RequestItems?: Readonly<
    Record<string, { readonly Keys?: readonly object[]; readonly ConsistentRead?: boolean }>
  >;
}

const batchMembers = new Set(['RequestItems']);
const keyMembers = new Set(['Keys', 'ConsistentRead']);

export function readBatch(input: BatchInput): Batch {
  onlyKnown('BatchGet', input, batchMembers);
  const [first, more] = Object.entries(input.RequestItems ?? {});
  if (first === undefined) throw invalid('RequestItems must have length greater than or equal to 1');
  if (more !== undefined) throw notKnown('a BatchGet of several tables');
  const [table, asked] = first;
  onlyKnown('BatchGet', asked, keyMembers);
  const keys = (asked.Keys ?? []).map(keyOf);
  if (keys.length === 0) throw invalid('Keys must have length greater than or equal to 1');
  if (keys.length > MAX_KEYS) throw invalid('Too many items requested for the BatchGetItem call');
  if (keys.length > 1 && new Set(keys.map(nameOf)).size < keys.length) {
    throw invalid('Provided list of item keys contains duplicates');
  }
  return { table, keys, consistent: asked.ConsistentRead ?? false };
}

/** Finds the items of a batch up to 16 MB; the answer has an order of its own, here the last one first. */
export function batchAnswer(
  { table, keys, consistent }: Batch,
  find: (key: Key) => StoredItem | undefined,
  isLeft: () => boolean,
): object {
  const found: StoredItem[] = [];
  const left: Key[] = [];
  let bytes = 0;
  // As many items as fit whatever their sizes are.
  const isSmall = keys.length * MAX_ITEM <= MAX_BYTES;
  for (const key of keys) {
    const item = isLeft() ? 'left' : find(key);
    const size = typeof item === 'object' && !isSmall ? sizeOfItem(item) : 0;
    if (item === 'left' || bytes + size > MAX_BYTES) {
      left.push(key);
      continue;
    }
    bytes += size;
    if (item !== undefined) found.push(item);
  }
  return {
    Responses: { [table]: found.reverse().map((item) => givenMap(item)) },
    UnprocessedKeys: left.length === 0 ? {} : { [table]: { Keys: left, ConsistentRead: consistent } },
  };
}

const getMembers = new Set(['TableName', 'Key', 'ConsistentRead']);

export function readGet(input: { readonly Key?: unknown; readonly ConsistentRead?: boolean }): {
  readonly key: Key;
  readonly consistent: boolean;
} {
  onlyKnown('Get', input, getMembers);
  return { key: keyOf(input.Key), consistent: input.ConsistentRead ?? false };
}

interface ScanInput {
  readonly Limit?: number;
  readonly ExclusiveStartKey?: unknown;
}

const scanMembers = new Set(['TableName', 'ConsistentRead', 'Limit', 'ExclusiveStartKey']);

/** One page of all items, in the order of the table's own. */
export function scanPage(input: ScanInput, items: Iterable<StoredItem>): object {
  onlyKnown('Scan', input, scanMembers);
  const meter = new PageMeter(input.Limit ?? Number.POSITIVE_INFINITY);
  const found: StoredItem[] = [];
  const start = input.ExclusiveStartKey === undefined ? undefined : nameOf(keyOf(input.ExclusiveStartKey));
  let begun = start === undefined;
  for (const item of items) {
    if (!begun) begun = nameOf(item) === start;
    else if (meter.isFull(item, sizeOfItem(item))) break;
    else found.push(item);
  }
  if (!begun) throw notKnown('a scan that goes on after an item that was deleted');
  const last = found.at(-1);
  return {
    Items: found.map((item) => givenMap(item)),
    Count: found.length,
    ScannedCount: found.length,
    ...(meter.ended && last && { LastEvaluatedKey: { pk: last.pk, sk: last.sk } }),
  };
}
