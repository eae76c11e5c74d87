import { setTimeout as sleep } from 'node:timers/promises';
import type { Core, Reader } from '../core.ts';
import { type JsonClient, jsonClient } from '../engines/json-client.ts';
import type { Running } from '../resource.ts';
import { type DeliveryPolicy, type DeliveryWorld, deliver } from './delivery.ts';
import { failureDestination } from './failure-destination.ts';
import type { Filter } from './filter.ts';
import { deliverable, type EngineRecord, itemName } from './record.ts';
import { ShardCursor } from './shard.ts';

/** A stream event source mapping. */
export interface StreamMapping extends DeliveryPolicy {
  /** Logical id of the mapping. */
  readonly id: string;
  readonly function: string;
  readonly functionArn: string;
  readonly table: string;
  readonly streamArn: string;
  readonly batchSize: number;
  /** Milliseconds to wait for a fuller batch. */
  readonly window: number;
  readonly start: string;
  readonly filter: Filter;
  readonly failureDestination: string | undefined;
}

/** Where the engine cannot tell of writes, readers look again this often, in milliseconds. */
const fallbackPoll = 1_000;

/** While a batch waits for company, in milliseconds. */
const windowPoll = 20;

/** Reads the stream of a table and delivers it to a function, until it is stopped. */
export class StreamReader implements Running, Reader {
  readonly #mapping: StreamMapping;
  readonly #world: Core;
  readonly #client: JsonClient;
  readonly #cursor: ShardCursor;
  readonly #delivery: DeliveryWorld;
  readonly #unwatch: () => void;
  readonly #timer: NodeJS.Timeout;
  #current: Promise<unknown> = Promise.resolve();
  #next: Promise<boolean> | undefined;
  #stopped = false;

  constructor(mapping: StreamMapping, world: Core) {
    const { id, table, start, functionArn } = mapping;
    this.#mapping = mapping;
    this.#world = world;
    this.#client = jsonClient(world.engines.dynamodb, 'DynamoDBStreams_20120810', world.account.region);
    const cursor = new ShardCursor(this.#client, table, start, () => world.checkpoints.get(id));
    this.#cursor = cursor;
    const source = { mapping: id, functionArn, shard: () => cursor.shard };
    this.#delivery = {
      invoke: (Records) => world.functions.invoke(mapping.function, { Records }),
      giveUp: failureDestination(mapping.failureDestination, source, world),
      stopped: () => this.#stopped,
    };
    this.#unwatch = world.tables.onWrite(() => this.#wake());
    this.#timer = setInterval(() => this.#wake(), fallbackPoll);
    this.#wake();
  }

  /** One pass after another; a pass that waits for its turn serves everybody who asks meanwhile. */
  atEnd(): Promise<boolean> {
    this.#next ??= this.#current
      .catch(() => undefined)
      .then(() => {
        const pass = this.#pass();
        this.#current = pass;
        this.#next = undefined;
        return pass;
      });
    return this.#next;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unwatch();
    clearInterval(this.#timer);
    this.#client.close();
  }

  #wake(): void {
    this.atEnd().catch((error: unknown) => {
      if (!this.#stopped) this.#world.log(`${this.#mapping.id}: ${String(error)}`);
    });
  }

  /** Reads and delivers to the end; true when there was nothing left to read. */
  async #pass(): Promise<boolean> {
    const { id, table, batchSize } = this.#mapping;
    for (let batches = 0; ; batches += 1) {
      if (this.#stopped) return true;
      const records = await this.#readBatch();
      const last = records.at(-1);
      if (last === undefined) return batches === 0;
      if (!(await this.#handOver(records))) return true;
      const { SequenceNumber: sequence } = last.dynamodb;
      this.#world.checkpoints.set(id, { table, shard: this.#cursor.shard, sequence });
      // Less than was asked for is the end; a later write wakes the reader again.
      if (records.length < batchSize) return false;
    }
  }

  async #readBatch(): Promise<readonly EngineRecord[]> {
    const { batchSize, window } = this.#mapping;
    const until = performance.now() + window;
    let records = await this.#cursor.read(batchSize);
    const wanting = () => records.length > 0 && records.length < batchSize;
    while (wanting() && performance.now() < until && !this.#stopped) {
      await sleep(windowPoll);
      records = [...records, ...(await this.#cursor.read(batchSize - records.length))];
    }
    return records;
  }

  async #handOver(records: readonly EngineRecord[]): Promise<boolean> {
    const { id, table, streamArn, filter } = this.#mapping;
    const { account, clock, expired } = this.#world;
    const stream = { reader: id, table, arn: streamArn, region: account.region };
    const passing = records.map((one) => deliverable(one, stream, clock, expired)).filter(filter);
    // A stream keeps the order of each item, and none between items.
    const batch = this.#world.shuffle.keeping(passing, ({ dynamodb }) => itemName(table, dynamodb.Keys));
    try {
      return await this.#world.busy(() => deliver(batch, this.#mapping, this.#delivery));
    } catch (error) {
      this.#cursor.rewind();
      throw error;
    }
  }
}
