import { compareText, firstNotBefore } from './order.ts';
import { mostSizeOf } from './sizes.ts';
import type { Key, StoredItem } from './table-types.ts';

/** The place of one item in the table; it stays when the item is deleted, for reads that are not consistent. */
export interface Row {
  readonly sort: string;
  item: StoredItem | undefined;
  before: StoredItem | undefined;
  changedAt: number;
  /** At least the size of the item, in bytes. */
  most: number;
}

/** Puts an item into its row, or takes it out. */
export function replace(row: Row, item: StoredItem | undefined, now: number): void {
  row.before = row.item;
  row.item = item;
  row.changedAt = now;
  row.most = item === undefined ? 0 : mostSizeOf(item);
}

/** The rows of the table, by partition and in the order of their sort keys. */
export class Rows {
  readonly #partitions = new Map<string, Row[]>();

  partition(pk: string): readonly Row[] {
    return this.#partitions.get(pk) ?? [];
  }

  find({ pk, sk }: Key): Row | undefined {
    const rows = this.#partitions.get(pk);
    const row = rows?.[firstNotBefore(rows, ({ sort }) => compareText(sort, sk))];
    return row?.sort === sk ? row : undefined;
  }

  /** The row of a key, made when there is none. */
  place({ pk, sk }: Key): Row {
    const rows = this.#partitions.get(pk) ?? [];
    if (rows.length === 0) this.#partitions.set(pk, rows);
    const place = firstNotBefore(rows, ({ sort }) => compareText(sort, sk));
    const there = rows[place];
    if (there?.sort === sk) return there;
    const row: Row = { sort: sk, item: undefined, before: undefined, changedAt: 0, most: 0 };
    rows.splice(place, 0, row);
    return row;
  }

  /** All items whose partition begins so, without an order of partitions. */
  *items(prefix: string): Generator<StoredItem> {
    for (const [pk, rows] of this.#partitions) {
      if (!pk.startsWith(prefix)) continue;
      for (const { item } of rows) if (item !== undefined) yield item;
    }
  }
}
