import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { lockFile } from './lock.ts';

/** What a local system keeps in its data folder and can be without. By name, so that nothing else is ever deleted. */
const kept = ['tables', 'queues', 'logs', 'secrets.json', 'checkpoints.json'];

/** Refuses a folder with files of others under these names; every start leaves its lock, so it must not begin there. */
export function checkOwn(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const names = readdirSync(folder);
  const foreign = names.filter((name) => kept.includes(name));
  if (foreign.length === 0 || names.includes(lockFile)) return;
  throw new Error(
    `No local system was ever started on ${folder}, but it holds ${foreign.join(', ')}, which one would write to and --fresh delete: ` +
      'choose another folder with --data',
  );
}

/** Deletes what an earlier run left. */
export function forget(folder: string): void {
  for (const name of kept) rmSync(join(folder, name), { recursive: true, force: true });
}
