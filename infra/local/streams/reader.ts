import type { Core, Reader } from '../core.ts';
import { jsonClient } from '../engines/json-client.ts';
import type { Running } from '../resource.ts';
import { type DeliveryPolicy, type DeliveryWorld, deliver } from './delivery.ts';
import { failureDestination } from './failure-destination.ts';
import type { Filter } from './filter.ts';
import { deliverable, type StreamRecord } from './record.ts';
import { shardCursor } from './shard.ts';

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

/** Reads the stream of a table and delivers it to a function, until it is stopped. */
export function startStreamReader(mapping: StreamMapping, world: Core): Running & Reader {
  const client = jsonClient(world.engines.dynamodb, 'DynamoDBStreams_20120810', world.account.region);
  const cursor = shardCursor(client, mapping.table, mapping.start, () => world.checkpoints.get(mapping.id));
  const stream = {
    reader: mapping.id,
    table: mapping.table,
    arn: mapping.streamArn,
    region: world.account.region,
  };
  const source = { mapping: mapping.id, functionArn: mapping.functionArn, shard: () => cursor.shard };
  const giveUp = failureDestination(mapping.failureDestination, source, world);
  let stopped = false;

  const readBatch = async () => {
    let records = await cursor.read(mapping.batchSize);
    const until = performance.now() + mapping.window;
    while (
      records.length > 0 &&
      records.length < mapping.batchSize &&
      performance.now() < until &&
      !stopped
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      records = [...records, ...(await cursor.read(mapping.batchSize - records.length))];
    }
    return records;
  };

  const delivery: DeliveryWorld = {
    invoke: (Records) => world.functions.invoke(mapping.function, { Records }),
    giveUp,
    stopped: () => stopped,
  };
  const handOver = async (records: readonly StreamRecord[]) => {
    try {
      return await world.busy(() => deliver(records, mapping, delivery));
    } catch (error) {
      cursor.rewind();
      throw error;
    }
  };

  const readOn = async (): Promise<boolean> => {
    for (let batches = 0; ; batches += 1) {
      if (stopped) return true;
      const records = await readBatch();
      const last = records.at(-1);
      if (last === undefined) return batches === 0;
      const passing = records
        .map((one) => deliverable(one, stream, world.clock, world.expired))
        .filter(mapping.filter);
      if (!(await handOver(passing))) return true;
      const { SequenceNumber: sequence } = last.dynamodb;
      world.checkpoints.set(mapping.id, { table: mapping.table, shard: cursor.shard, sequence });
      // Less than was asked for is the end; a later write wakes the reader again.
      if (records.length < mapping.batchSize) return false;
    }
  };

  // One pass after another; a pass that waits for its turn serves everybody who asks meanwhile.
  let current: Promise<unknown> = Promise.resolve();
  let next: Promise<boolean> | undefined;
  const pass = (): Promise<boolean> => {
    next ??= current
      .catch(() => undefined)
      .then(() => {
        const begun = readOn();
        current = begun;
        next = undefined;
        return begun;
      });
    return next;
  };
  const wake = () => {
    pass().catch((error: unknown) => {
      if (!stopped) world.log(`${mapping.id}: ${String(error)}`);
    });
  };
  const unwatch = world.tables.onWrite(wake);
  const timer = setInterval(wake, fallbackPoll);
  wake();
  return {
    atEnd: pass,
    async stop() {
      stopped = true;
      unwatch();
      clearInterval(timer);
      client.close();
    },
  };
}
