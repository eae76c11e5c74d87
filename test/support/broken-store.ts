import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files in which a local system keeps its tables and its queues, relative to the data folder. */
export const stores = ['tables/tables.db', 'queues/fauxqs.db'] as const;
type Store = (typeof stores)[number];

const headerBytes = 32;
const frameHeaderBytes = 24;

/**
 * Writes half a record behind the last one of a store, as a machine does that loses power while it writes.
 *
 * @see https://sqlite.org/fileformat2.html#walformat
 */
export function tear(data: string, store: Store): void {
  const file = join(data, `${store}-wal`);
  const log = readFileSync(file);
  const frame = frameHeaderBytes + log.readUInt32BE(8);
  if (log.length < headerBytes + frame) throw new Error(`${file} holds no record that could be torn`);
  const last = log.subarray(log.length - frame);
  writeFileSync(file, Buffer.concat([log, last.subarray(0, frame >> 1)]));
}
