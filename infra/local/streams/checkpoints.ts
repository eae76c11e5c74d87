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
const retryInterval = 1_000;

const toStderr = (text: string): void => void process.stderr.write(`${text}\n`);

/**
 * Opens the checkpoints of a data folder; they are written at most every 100 ms, so a crash repeats a little. Where they cannot be
 * written, as on a full disk, that is told once and tried again: the system goes on, and its next start repeats more.
 */
export function openCheckpoints(file: string, tell = toStderr): Checkpoints {
  const stored = existsSync(file)
    ? z.record(z.string(), Checkpoint).parse(JSON.parse(readFileSync(file, 'utf8')))
    : {};
  const positions = new Map(Object.entries(stored));
  let timer: NodeJS.Timeout | undefined;
  let isTold = false;
  const write = (): boolean => {
    clearTimeout(timer);
    timer = undefined;
    try {
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(positions)));
      renameSync(`${file}.new`, file);
    } catch (error) {
      if (!isTold) tell(`How far the streams were read cannot be written: ${(error as Error).message}`);
      isTold = true;
      return false;
    }
    if (isTold) tell('How far the streams were read is written again.');
    isTold = false;
    return true;
  };
  const writeOrRetry = () => {
    if (!write()) timer ??= setTimeout(writeOrRetry, retryInterval);
  };
  return {
    get: (reader) => positions.get(reader),
    set(reader, checkpoint) {
      positions.set(reader, checkpoint);
      timer ??= setTimeout(writeOrRetry, writeInterval);
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
