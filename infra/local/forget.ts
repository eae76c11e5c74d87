import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockFile } from './lock.ts';

/** What a local system keeps in its data folder and can be without. By name, so that nothing else is ever deleted. */
const kept = ['tables', 'queues', 'logs', 'secrets.json', 'checkpoints.json'];

/** Refuses a folder with files of others under these names; every start leaves its lock where it was. */
export function checkOwn(folder: string): void {
  if (!existsSync(folder) || existsSync(join(folder, lockFile))) return;
  const foreign = readdirSync(folder).filter((name) => kept.includes(name));
  if (foreign.length === 0) return;
  throw new Error(
    `No local system was ever started on ${folder}, and --fresh would delete ${foreign.join(', ')} in it: ` +
      'choose another folder with --data',
  );
}

/** Deletes what an earlier run left. */
export function forget(folder: string): void {
  for (const name of kept) rmSync(join(folder, name), { recursive: true, force: true });
}
