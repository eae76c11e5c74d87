import type { ItemsInProgress } from './items-in-progress.ts';
import type { Row } from './rows.ts';
import { batchAnswer, readBatch, readGet, scanPage } from './table-batches.ts';
import { cancelled, conditionFailed, conflicting, throttled } from './table-errors.ts';
import { pageOf, readQuery } from './table-reads.ts';
import { staleItem, type TableStore } from './table-store.ts';
import type { Key, StoredItem, TableFaults } from './table-types.ts';
import { readWrite, type Write } from './table-writes.ts';
import { notKnown } from './tokens.ts';
import { outcomesOf, readTransaction, type TransactInput } from './transaction.ts';
import { TransactionTokens } from './transaction-tokens.ts';
import { givenMap } from './values.ts';
import { happens, type World } from './world.ts';

interface SingleInput {
  readonly ReturnValues?: string;
}

/** What each operation does: one method under the operation's name. */
export class TableCalls {
  readonly #store: TableStore;
  readonly #world: World;
  readonly #progress: ItemsInProgress;
  readonly #faults: () => TableFaults;
  readonly #tokens = new TransactionTokens();

  constructor(store: TableStore, world: World, progress: ItemsInProgress, faults: () => TableFaults) {
    this.#store = store;
    this.#world = world;
    this.#progress = progress;
    this.#faults = faults;
  }

  Get(input: object): object {
    const { key, consistent } = readGet(input);
    const item = this.#reader(consistent)(this.#store.rows.find(key));
    return item === undefined ? {} : { Item: givenMap(item) };
  }

  BatchGet(input: object): object {
    const batch = readBatch(input);
    const read = this.#reader(batch.consistent);
    const { unprocessed = 0 } = this.#faults();
    const left = batch.keys.map(() => happens(unprocessed, this.#world));
    if (left.every(Boolean)) throw throttled();
    return batchAnswer(
      batch,
      (key) => read(this.#store.rows.find(key)),
      () => left.shift() ?? false,
    );
  }

  Query(input: object): object {
    const query = readQuery(input);
    const { index, range, consistent } = query;
    if (index === undefined) {
      return pageOf(this.#store.rows.partition(range.partition), query, this.#reader(consistent));
    }
    const entries = this.#store.indexed(index, range.partition, this.#world.now());
    return pageOf(entries, query, ({ item }) => item);
  }

  Scan(input: object): object {
    return scanPage(input, this.#store.rows.items(''));
  }

  Put(input: object): object {
    const { before } = this.#single(readWrite('Put', input), input);
    return returned(input, { ALL_OLD: before });
  }

  Update(input: object): object {
    const { after } = this.#single(readWrite('Update', input), input);
    return returned(input, { ALL_NEW: after });
  }

  Delete(input: object): object {
    const { before } = this.#single(readWrite('Delete', input), input);
    return returned(input, { ALL_OLD: before });
  }

  TransactWrite(input: TransactInput): object {
    const writes = readTransaction(input);
    const now = this.#world.now();
    if (this.#tokens.isDone(input, now)) return {};
    const met = this.#conflicts(writes, input);
    if (met.includes(true)) throw cancelled(met.map((one) => (one ? 'TransactionConflict' : 'None')));
    const items = outcomesOf(writes, ({ key }) => this.#store.rows.find(key)?.item);
    writes.forEach(({ key, kind }, i) => {
      if (kind !== 'ConditionCheck') this.#write(key, items[i]);
    });
    this.#tokens.keep(input, now);
    return {};
  }

  #single(write: Write, input: object): { before: StoredItem | undefined; after: StoredItem | undefined } {
    write.check?.();
    if (this.#conflicts([write], input)[0]) throw conflicting();
    const before = this.#store.rows.find(write.key)?.item;
    if (!write.mayHappen(before)) throw conditionFailed();
    const after = write.outcome(before);
    this.#write(write.key, after);
    return { before, after };
  }

  #write(key: Key, after: StoredItem | undefined): void {
    const at = this.#world.now();
    const { indexLag = 0 } = this.#faults();
    const seenAt = indexLag > 0 ? at + Math.floor(this.#world.chance() * indexLag) : at;
    this.#store.write(key, after, { at, seenAt });
  }

  /** At which places a write meets a transaction: one that is at work, or one made up by chance. */
  #conflicts(writes: readonly Write[], input: object): readonly boolean[] {
    const met = writes.map(({ key }) => this.#progress.meets(key, input));
    const { conflict = 0 } = this.#faults();
    if (happens(conflict, this.#world)) met[Math.floor(this.#world.chance() * met.length)] = true;
    return met;
  }

  /** How rows are read in one call: as they are, or as an old copy has them. */
  #reader(consistent: boolean): (row: Row | undefined) => StoredItem | undefined {
    const { stale = 0 } = this.#faults();
    if (consistent || !happens(stale, this.#world)) return (row) => row?.item;
    const now = this.#world.now();
    return (row) => row && staleItem(row, now);
  }
}

/** The attributes that a write was asked to return. */
function returned(
  { ReturnValues: wanted = 'NONE' }: SingleInput,
  choices: Readonly<Record<string, StoredItem | undefined>>,
): object {
  if (wanted === 'NONE') return {};
  if (!(wanted in choices)) throw notKnown(`ReturnValues ${wanted} here`);
  const item = choices[wanted];
  return item === undefined ? {} : { Attributes: givenMap(item) };
}
