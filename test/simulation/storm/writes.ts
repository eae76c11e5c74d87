import { type Instant, SECOND } from '../../../shared/kernel/index.ts';
import type { MemoryTable } from '../engine/memory-table.ts';
import { sizeOfItem } from '../engine/sizes.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The input of a write, alone or in a transaction. */
interface Input {
  readonly Item?: Key;
  readonly Key?: Key;
}

/** How much was written in one second under one key. */
export interface Written {
  readonly key: string;
  /** Seconds since the first write of all. */
  readonly second: number;
  readonly writes: number;
  /** Write units of the table itself. */
  readonly units: number;
}

const UNIT = 1_024;

/** Counts what is written under each key in each second, failed conditions included: these cost as much. */
export class Writes {
  /** Of partitions, by name and second; and of items. */
  readonly #partitions = new Map<string, Written>();
  readonly #items = new Map<string, Written>();
  #begin: Instant | undefined;

  /** Notes one call of the table, after it was done. */
  note(operation: string, input: unknown, at: Instant, table: MemoryTable): void {
    if (operation === 'TransactWrite') {
      const { TransactItems = [] } = input as { readonly TransactItems?: readonly Record<string, Input>[] };
      for (const one of TransactItems) for (const write of Object.values(one)) this.#one(write, at, table, 2);
    } else if (operation === 'Put' || operation === 'Update' || operation === 'Delete')
      this.#one(input as Input, at, table, 1);
  }

  /** The most that was written in one second into any partition that begins so, or to any such item. */
  busiest(what: 'partition' | 'item', prefix = ''): Written {
    const all = [...(what === 'item' ? this.#items : this.#partitions).values()];
    const own = all.filter(({ key }) => key.startsWith(prefix));
    return own.reduce((most, one) => (one.writes > most.writes ? one : most), none);
  }

  /** Everything by partition and second. */
  get partitions(): readonly Written[] {
    return [...this.#partitions.values()];
  }

  get items(): readonly Written[] {
    return [...this.#items.values()];
  }

  #one({ Item, Key = Item }: Input, at: Instant, table: MemoryTable, times: number): void {
    if (Key === undefined) throw new Error('A write names its key');
    this.#begin ??= at;
    const second = Math.floor((at - this.#begin) / SECOND);
    const item = table.get(Key.pk, Key.sk);
    const units = times * Math.max(1, Math.ceil((item === undefined ? 0 : sizeOfItem(item)) / UNIT));
    add(this.#partitions, { key: Key.pk, second, writes: 1, units });
    add(this.#items, { key: `${Key.pk} ${Key.sk}`, second, writes: 1, units });
  }
}

const none: Written = { key: '', second: 0, writes: 0, units: 0 };

function add(all: Map<string, Written>, one: Written): void {
  const name = `${one.second} ${one.key}`;
  const { writes, units } = all.get(name) ?? none;
  all.set(name, { ...one, writes: writes + one.writes, units: units + one.units });
}
