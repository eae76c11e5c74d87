import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from './scenarios.ts';

const file = join(import.meta.dirname, 'counted.json');

/** What was counted when the costs were last written. */
export const readCounts = (): Counts => JSON.parse(readFileSync(file, 'utf8')) as Counts;

/** Keeps what was counted for the pages and for the story that counts again. */
export function writeCounts(counts: Counts): void {
  writeFileSync(file, `${JSON.stringify(counts, undefined, 2)}\n`);
}
