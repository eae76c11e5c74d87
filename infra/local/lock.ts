import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The file in the data folder that every start takes. */
export const lockFile = 'runner.lock';

/** Keeps a data folder for one runner. */
export interface DataLock {
  /** May be called again. */
  release(): void;
}

/**
 * Takes a data folder, or refuses when another runner has it: two would deliver everything twice.
 * The lock is one of the operating system on a file, so it ends with the process that holds it, however that ends.
 */
export function lockData(folder: string): DataLock {
  const database = openIn(folder);
  const pidFile = join(folder, 'runner.pid');
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!/locked/.test(String(error))) throw error;
    throw new Error(
      `Another local runner (process ${readFileSync(pidFile, 'utf8').trim()}) uses ${folder}: ` +
        'stop it, or choose another folder with --data',
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return { release: () => database.isOpen && database.close() };
}

/** Whether a runner has the folder, however the ones before it ended. */
export function isLocked(folder: string): boolean {
  const file = join(folder, lockFile);
  if (!existsSync(file)) return false;
  const database = new DatabaseSync(file, { readOnly: true, timeout: 0 });
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    if (!/locked/.test(String(error))) throw error;
    return true;
  } finally {
    database.close();
  }
}

/** The file of the lock; an error in words where nothing can be written, such as on a disk that is read-only. */
function openIn(folder: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true });
    return new DatabaseSync(join(folder, lockFile), { timeout: 0 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Nothing can be written to ${folder} (${why}): mend that, or choose another folder with --data`,
    );
  }
}
