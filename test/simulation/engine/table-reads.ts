import { table } from '../../../shared/table/index.ts';
import { type AliasMaps, aliasesOf, onlyKnown } from './expression.ts';
import { keyCondition, type Range, rangeOf } from './key-condition.ts';
import { firstNotBefore } from './order.ts';
import { projected, projection } from './projection.ts';
import { sizeOfItem } from './sizes.ts';
import { invalid } from './table-errors.ts';
import { comparePosition } from './table-index.ts';
import type { StoredItem, Value } from './table-types.ts';
import { lent } from './values.ts';

/** The most bytes that one page of a query or scan reads. */
const MAX_PAGE = 1024 * 1024;

interface QueryInput extends AliasMaps {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly KeyConditionExpression?: string;
  readonly ProjectionExpression?: string;
  readonly ConsistentRead?: boolean;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Readonly<Record<string, unknown>>;
}

const members = new Set([
  'TableName',
  'IndexName',
  'KeyConditionExpression',
  'ProjectionExpression',
  'ConsistentRead',
  'ScanIndexForward',
  'Limit',
  'ExclusiveStartKey',
  'ExpressionAttributeNames',
  'ExpressionAttributeValues',
]);

/** A query that was read and found to be in order. */
export interface Query {
  readonly index: string | undefined;
  readonly consistent: boolean;
  readonly range: Range;
  readonly forwards: boolean;
  readonly limit: number;
  /** The attributes that say where a page ends, and the place after which this one begins: sort key, and an index's item key. */
  readonly position: readonly string[];
  readonly after: readonly string[] | undefined;
  /** An item as it is handed over. */
  readonly view: (item: StoredItem) => StoredItem;
}

/** Reads the input of a query. */
export function readQuery(input: QueryInput): Query {
  onlyKnown('Query', input, members);
  const { IndexName: index, Limit: limit = Number.POSITIVE_INFINITY, ConsistentRead = false } = input;
  if (limit < 1) throw invalid('Limit must be greater than or equal to 1');
  if (index !== undefined && ConsistentRead) {
    throw invalid('Consistent reads are not supported on global secondary indexes');
  }
  const keys = index === undefined ? table : table.indexes.find(({ name }) => name === index);
  if (keys === undefined) throw invalid(`The table does not have the specified index: ${index}`);
  const expression = keyCondition(input.KeyConditionExpression ?? '');
  const shown = input.ProjectionExpression === undefined ? undefined : projection(input.ProjectionExpression);
  const aliases = aliasesOf(input, [expression, shown]);
  const range = rangeOf(expression.meaning, aliases, keys);
  const position = index === undefined ? [keys.sortKey] : [keys.sortKey, table.partitionKey, table.sortKey];
  const after =
    input.ExclusiveStartKey && startOf(input.ExclusiveStartKey, range, [keys.partitionKey, ...position]);
  const forwards = input.ScanIndexForward ?? true;
  const view = (item: StoredItem) => (shown ? projected(item, shown.meaning, aliases.names) : item);
  return { index, consistent: ConsistentRead, range, forwards, limit, position, after, view };
}

/** The position of an exclusive start key; the attributes begin with the partition that is asked for. */
function startOf(
  start: Readonly<Record<string, unknown>>,
  range: Range,
  [partition = '', ...position]: readonly string[],
): readonly string[] {
  const names = new Set([partition, ...position, table.partitionKey]);
  const texts = [...names].every((name) => typeof start[name] === 'string' && start[name] !== '');
  if (Object.keys(start).length !== names.size || !texts)
    throw invalid('The provided starting key is invalid');
  const values = position.map((name) => String(start[name]));
  const [sort = ''] = values;
  if (start[partition] !== range.partition || range.before(sort) || range.behind(sort)) {
    throw invalid('The provided starting key is outside query boundaries based on provided conditions');
  }
  return values;
}

/** What a query finds in a partition: an entry for each key, where `most` is at least the size of its item. */
export interface Entry {
  readonly sort: string;
  readonly item: StoredItem | undefined;
  readonly most: number;
}

/** One page, as what nobody can change, and where it ended when there may be more. */
export function pageOf<Found extends Entry>(
  entries: readonly Found[],
  query: Query,
  seen: (entry: Found) => StoredItem | undefined,
): {
  readonly Items: unknown[];
  readonly Count: number;
  readonly ScannedCount: number;
  LastEvaluatedKey?: object;
} {
  const { range, after, forwards } = query;
  let low = firstNotBefore(entries, ({ sort }) => (range.before(sort) ? -1 : 0));
  let high = firstNotBefore(entries, ({ sort }) => (range.behind(sort) ? 0 : -1));
  if (after && forwards) low = firstNotBefore(entries, (entry) => comparePosition(entry, after) || -1);
  if (after && !forwards) high = firstNotBefore(entries, (entry) => comparePosition(entry, after));
  const found: StoredItem[] = [];
  const page = new PageMeter(query.limit);
  for (let i = forwards ? low : high - 1; forwards ? i < high : i >= low; i += forwards ? 1 : -1) {
    const entry = entries[i] as Found;
    const item = seen(entry);
    if (item === undefined) continue;
    if (page.isFull(item, entry.most)) break;
    found.push(item);
  }
  const last = found.at(-1);
  return {
    Items: found.map((item) => lent(query.view(item))),
    Count: found.length,
    ScannedCount: found.length,
    ...(page.ended && last !== undefined && { LastEvaluatedKey: keyAfter(last, query) }),
  };
}

/** Counts what a page holds: it ends at its limit, or when the next item would be beyond 1 MB. */
export class PageMeter {
  ended = false;
  #count = 0;
  #most = 0;
  readonly #limit: number;
  readonly #items: StoredItem[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether this item is left for the next page; otherwise it is counted. */
  isFull(item: StoredItem, most: number): boolean {
    if (this.ended) return true;
    this.#most += most;
    this.#items.push(item);
    if (this.#most > MAX_PAGE && this.#size() > MAX_PAGE && this.#count > 0) {
      this.ended = true;
      return true;
    }
    this.#count++;
    this.ended = this.#count === this.#limit;
    return false;
  }

  #size(): number {
    return this.#items.reduce((sum, item) => sum + sizeOfItem(item), 0);
  }
}

function keyAfter(last: StoredItem, { index, position }: Query): Readonly<Record<string, Value>> {
  const shape = table.indexes.find(({ name }) => name === index) ?? table;
  const names = new Set([table.partitionKey, table.sortKey, shape.partitionKey, ...position]);
  return Object.fromEntries([...names].map((name) => [name, last[name] as Value]));
}
