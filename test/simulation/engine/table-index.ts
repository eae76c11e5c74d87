import { compareText, firstNotBefore } from './order.ts';
import { mostSizeOf } from './sizes.ts';
import type { Change, StoredItem, Value } from './table-types.ts';

/** The attributes and the projection of an index, as `shared/table` describes it. */
export interface IndexShape {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  readonly projection: 'ALL' | 'KEYS_ONLY';
}

/** The place of one item in an index. */
export interface IndexEntry {
  readonly sort: string;
  readonly item: StoredItem;
  readonly most: number;
}

/** A secondary index: what a change means for it may be seen later. */
export class TableIndex {
  readonly shape: IndexShape;
  readonly #partitions = new Map<string, IndexEntry[]>();
  readonly #late: { readonly at: number; readonly change: Change }[] = [];

  constructor(shape: IndexShape) {
    this.shape = shape;
  }

  /** Takes a change that is seen from `at` on, in milliseconds since the epoch; never before those that came earlier. */
  take(change: Change, at: number): void {
    if (!this.#has(change.before) && !this.#has(change.after)) return;
    if (at <= change.at && this.#late.length === 0) this.#apply(change);
    else this.#late.push({ at, change });
  }

  /** The entries of a partition that are seen now. */
  partition(key: string, now: number): readonly IndexEntry[] {
    for (let next = this.#late[0]; next !== undefined && next.at <= now; next = this.#late[0]) {
      this.#late.shift();
      this.#apply(next.change);
    }
    return this.#partitions.get(key) ?? [];
  }

  #has(item: StoredItem | undefined): item is StoredItem {
    const { partitionKey, sortKey } = this.shape;
    return item !== undefined && item[partitionKey] !== undefined && item[sortKey] !== undefined;
  }

  #apply({ before, after }: Change): void {
    if (this.#has(before)) {
      const { entries, place } = this.#placeOf(before);
      entries.splice(place, 1);
    }
    if (!this.#has(after)) return;
    const { entries, place } = this.#placeOf(after);
    const item = this.#projected(after);
    entries.splice(place, 0, { sort: String(after[this.shape.sortKey]), item, most: mostSizeOf(item) });
  }

  #placeOf(item: StoredItem): { entries: IndexEntry[]; place: number } {
    const partition = String(item[this.shape.partitionKey]);
    const entries = this.#partitions.get(partition) ?? [];
    this.#partitions.set(partition, entries);
    const position = [String(item[this.shape.sortKey]), item.pk, item.sk];
    return { entries, place: firstNotBefore(entries, (entry) => comparePosition(entry, position)) };
  }

  #projected(item: StoredItem): StoredItem {
    const { projection, partitionKey, sortKey } = this.shape;
    if (projection === 'ALL') return item;
    return {
      pk: item.pk,
      sk: item.sk,
      [partitionKey]: item[partitionKey] as Value,
      [sortKey]: item[sortKey] as Value,
    };
  }
}

/** Compares an entry with a sort key and, for an index, the item's own key. */
export function comparePosition(
  { sort, item }: { readonly sort: string; readonly item: StoredItem | undefined },
  [wanted = '', pk, sk]: readonly string[],
): number {
  const order = compareText(sort, wanted);
  if (order !== 0 || pk === undefined || sk === undefined || item === undefined) return order;
  return compareText(item.pk, pk) || compareText(item.sk, sk);
}
