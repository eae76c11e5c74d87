import { type Instant, SECOND } from '../../../shared/kernel/index.ts';
import type { MemoryTable } from '../engine/memory-table.ts';
import { sizeOfItem } from '../engine/sizes.ts';
import { BEGIN } from '../scenario.ts';

interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The input of a write, alone or in a transaction. */
interface Input {
  readonly Item?: Key;
  readonly Key?: Key;
}

/** A call of the table that is over; `isDone` when it was not refused. */
interface Called {
  readonly operation: string;
  readonly input: unknown;
  readonly isDone: boolean;
  readonly at: Instant;
}

/** How much was written in one second under one key. */
export interface Written {
  readonly key: string;
  /** From the beginning on. */
  readonly second: number;
  /** Those that a condition refused included: they cost as much. */
  readonly writes: number;
  readonly done: number;
  /** Write units of the table itself. */
  readonly units: number;
}

const UNIT = 1_024;

/** Counts what is written under each key in each second: of partitions, and of items by both of their keys. */
export class Writes {
  readonly #partitions = new Map<string, Written>();
  readonly #items = new Map<string, Written>();

  get partitions(): readonly Written[] {
    return [...this.#partitions.values()];
  }

  get items(): readonly Written[] {
    return [...this.#items.values()];
  }

  /** Notes one call. */
  note({ operation, input, isDone, at }: Called, table: MemoryTable): void {
    const second = Math.floor((at - BEGIN) / SECOND);
    for (const { pk, sk } of keysIn(operation, input)) {
      const item = table.get(pk, sk);
      const size = Math.max(1, Math.ceil((item === undefined ? 0 : sizeOfItem(item)) / UNIT));
      const units = operation === 'TransactWrite' ? 2 * size : size;
      const one = { second, writes: 1, done: isDone ? 1 : 0, units };
      add(this.#partitions, { key: pk, ...one });
      add(this.#items, { key: `${pk} ${sk}`, ...one });
    }
  }
}

function keysIn(operation: string, input: unknown): readonly Key[] {
  if (operation === 'TransactWrite') {
    const { TransactItems = [] } = input as { readonly TransactItems?: readonly Record<string, Input>[] };
    return TransactItems.flatMap((one) => Object.values(one).map(keyOf));
  }
  return ['Put', 'Update', 'Delete'].includes(operation) ? [keyOf(input as Input)] : [];
}

function keyOf({ Item, Key = Item }: Input): Key {
  if (Key === undefined) throw new Error('A write names its key');
  return Key;
}

const none = { writes: 0, done: 0, units: 0 };

function add(all: Map<string, Written>, { key, second, writes, done, units }: Written): void {
  const name = `${second} ${key}`;
  const before = all.get(name) ?? none;
  all.set(name, {
    ...{ key, second },
    ...{ writes: before.writes + writes, done: before.done + done, units: before.units + units },
  });
}
