import { ItemsInProgress } from './items-in-progress.ts';
import { imageOf } from './stream-image.ts';
import { TableCalls } from './table-calls.ts';
import { cancelled, failed, throttled } from './table-errors.ts';
import { TableStore } from './table-store.ts';
import type { Change, Key, StoredItem, StreamRecord, TableFaults } from './table-types.ts';
import { notKnown } from './tokens.ts';
import { readTransaction, type TransactInput } from './transaction.ts';
import { type Engine, happens, type World } from './world.ts';

/**
 * The single table in memory, at the level of lib-dynamodb: plain values in and out, refusals as the SDK throws them, and the
 * faults of DynamoDB when they are asked for. What it does not know it refuses by name instead of guessing.
 */
export class MemoryTable implements Engine {
  /** May be changed at any time; {} is a calm world. */
  faults: TableFaults;
  readonly #world: World;
  readonly #store = new TableStore();
  readonly #progress = new ItemsInProgress();
  readonly #calls: TableCalls;

  constructor({ faults = {}, ...world }: World & { readonly faults?: TableFaults }) {
    this.faults = faults;
    this.#world = { now: () => world.now(), chance: () => world.chance() };
    this.#calls = new TableCalls(this.#store, this.#world, this.#progress, () => this.faults);
  }

  call(operation: string, input: unknown): unknown {
    if (!isOperation(operation)) throw notKnown(`${operation} of DynamoDB`);
    const given = (input ?? {}) as object;
    const { throttle = 0, failBefore = 0, failAfter = 0 } = this.faults;
    if (happens(throttle, this.#world)) throw this.#throttled(operation, given);
    if (happens(failBefore, this.#world)) throw failed();
    const answer = this.#calls[operation](given);
    if (happens(failAfter, this.#world)) throw failed();
    return answer;
  }

  /**
   * Marks the items of a TransactWrite as at work until the function that is given back is called: others that write them meet
   * a conflict, the call with this same input does not.
   */
  begin(input: object): () => void {
    const keys = readTransaction(input).map(({ key }) => key);
    return this.#progress.begin(input, keys);
  }

  /** The changes after this sequence number, in the order of commit. Nothing is copied. */
  changes(after: number): readonly Change[] {
    return this.#store.log.slice(after);
  }

  /** The stream after this sequence number, with new images only. */
  records(after: number): readonly StreamRecord[] {
    return this.changes(after).map(recordOf);
  }

  get lastSequence(): number {
    return this.#store.log.length;
  }

  /** What is stored in partitions that begin so. Nothing is copied. */
  items(prefix = ''): Iterable<StoredItem> {
    return this.#store.rows.items(prefix);
  }

  /** What is stored under a key. Nothing is copied. */
  get(pk: string, sk: string): StoredItem | undefined {
    return this.#store.rows.find({ pk, sk })?.item;
  }

  /** Deletes what TTL would have deleted by now, but for what is late; tells how many. */
  expire(): number {
    const at = this.#world.now();
    const due = [...this.items()].filter(({ ttl }) => typeof ttl === 'number' && ttl * 1_000 < at);
    const gone = due.filter(() => !happens(this.faults.lateExpiry ?? 0, this.#world));
    for (const item of gone) this.#store.write(item, undefined, { at, seenAt: at, expired: true });
    return gone.length;
  }

  #throttled(operation: Operation, input: TransactInput): Error {
    if (operation !== 'TransactWrite') return throttled();
    const { length } = input.TransactItems ?? [];
    return cancelled(Array.from({ length }, (_, i) => (i === 0 ? 'ThrottlingError' : 'None')));
  }
}

type Operation = Exclude<keyof TableCalls, symbol>;

const operations: ReadonlySet<string> = new Set<Operation>([
  'Get',
  'BatchGet',
  'Query',
  'Scan',
  'Put',
  'Update',
  'Delete',
  'TransactWrite',
]);

const isOperation = (name: string): name is Operation => operations.has(name);

function recordOf({ sequence, at, key, before, after, expired }: Change): StreamRecord {
  return {
    sequence,
    at,
    eventName: after === undefined ? 'REMOVE' : before === undefined ? 'INSERT' : 'MODIFY',
    keys: imageOf(key as Key & Record<string, string>),
    ...(after !== undefined && { newImage: imageOf(after) }),
    expired,
  };
}
