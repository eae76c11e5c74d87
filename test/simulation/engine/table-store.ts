import { table } from '../../../shared/table/index.ts';
import { type Row, Rows, replace } from './rows.ts';
import { TableIndex } from './table-index.ts';
import type { Change, Key, StoredItem } from './table-types.ts';
import { same } from './values.ts';

/** What is stored: the rows, the indexes over them, and the log of all changes. */
export class TableStore {
  readonly rows = new Rows();
  readonly log: Change[] = [];
  readonly #indexes = new Map(table.indexes.map((shape) => [shape.name as string, new TableIndex(shape)]));

  /** The entries of a partition of an index that are seen at this time. */
  indexed(index: string, partition: string, now: number) {
    return this.#indexes.get(index)?.partition(partition, now) ?? [];
  }

  /** Replaces an item or takes it out. What changes nothing is no change, and no record of the stream. */
  write(
    { pk, sk }: Key,
    after: StoredItem | undefined,
    {
      at,
      seenAt,
      expired = false,
    }: { readonly at: number; readonly seenAt: number; readonly expired?: boolean },
  ): void {
    const row = after === undefined ? this.rows.find({ pk, sk }) : this.rows.place({ pk, sk });
    const before = row?.item;
    if (row === undefined || same(before, after)) return;
    replace(row, after, at);
    const change = { sequence: this.log.length + 1, at, key: { pk, sk }, before, after, expired };
    this.log.push(change);
    for (const index of this.#indexes.values()) index.take(change, seenAt);
  }
}

/** How long ago a change may be that a read without consistency does not see, in milliseconds. */
const STALE = 1_000;

/** The item of a row as an old copy has it. */
export const staleItem = (row: Row, now: number): StoredItem | undefined =>
  now - row.changedAt < STALE ? row.before : row.item;
