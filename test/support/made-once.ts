import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const cache = join(import.meta.dirname, '../../node_modules/.cache');

/** What is made from files, and takes so long that tests share it. */
export interface Making {
  /** The folder of the cache. */
  readonly name: string;
  /** Files, and folders with all that is below them. */
  readonly sources: readonly string[];
  /** Makes it in this folder, which is not there yet. */
  make(folder: string): void;
}

/** The folder with what is made; made once for each state of its sources, however many tests ask for it at once. */
export function madeOnce({ name, sources, make }: Making): string {
  const folder = join(cache, name, stateOf(sources));
  if (existsSync(folder)) return folder;
  mkdirSync(join(cache, name), { recursive: true });
  const unfinished = `${folder}.${process.pid}`;
  make(unfinished);
  try {
    renameSync(unfinished, folder);
  } catch {
    // Another test process was faster; its result is the same.
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

function stateOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn).sort()) hash.update(file).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
