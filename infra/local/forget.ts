import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { certificateFile, certificateKeyFile } from './gateway/certificate.ts';
import { keptPortsFile } from './kept-ports.ts';
import { lockFile } from './lock.ts';

/** What a local system keeps in its data folder and can be without. By name, so that nothing else is ever deleted. */
const kept = [
  ...['tables', 'queues', 'logs', 'secrets.json', 'parameters.json', 'checkpoints.json'],
  ...[keptPortsFile, certificateFile, certificateKeyFile],
];

/** Refuses a folder with files of others under these names; every start leaves its lock, so it must not begin there. */
export function checkOwn(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const names = readdirSync(folder);
  const foreign = names.filter((name) => kept.includes(name));
  if (foreign.length === 0 || names.includes(lockFile)) return;
  throw new Error(
    `${folder} holds ${foreign.join(', ')} but no ${lockFile}, so they may be of somebody else: a start would write to them, and --fresh ` +
      `delete them. Choose another folder with --data; or, if npm start made them, make an empty file ${lockFile} there`,
  );
}

/** Deletes what an earlier run left. */
export function forget(folder: string): void {
  for (const name of kept) rmSync(join(folder, name), { recursive: true, force: true });
}
