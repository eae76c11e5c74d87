import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

/** How far each stream reader has come; kept on disk. */
export interface Checkpoints {
  get(reader: string): Checkpoint | undefined;
  set(reader: string, checkpoint: Checkpoint): void;
  /** By table name: the sequence number that every known reader of the table has passed. */
  consumed(): ReadonlyMap<string, bigint>;
  stop(): void;
}

const Checkpoint = z.object({ table: z.string(), shard: z.string(), sequence: z.string() });

/** The last record that a reader has finished. */
export type Checkpoint = z.infer<typeof Checkpoint>;

const writeInterval = 100;

/** Opens the checkpoints of a data folder; they are written at most every 100 ms, so a crash repeats a little. */
export function openCheckpoints(file: string): Checkpoints {
  const stored = existsSync(file)
    ? z.record(z.string(), Checkpoint).parse(JSON.parse(readFileSync(file, 'utf8')))
    : {};
  const positions = new Map(Object.entries(stored));
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(positions)));
    renameSync(`${file}.new`, file);
  };
  return {
    get: (reader) => positions.get(reader),
    set(reader, checkpoint) {
      positions.set(reader, checkpoint);
      timer ??= setTimeout(write, writeInterval);
    },
    consumed() {
      const lowest = new Map<string, bigint>();
      for (const { table, sequence } of positions.values()) {
        const other = lowest.get(table);
        if (other === undefined || BigInt(sequence) < other) lowest.set(table, BigInt(sequence));
      }
      return lowest;
    },
    stop() {
      if (timer !== undefined) write();
    },
  };
}
