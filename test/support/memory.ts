import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const folder = '/dev/shm';

/** Whether the memory that processes share has room for what a test keeps there. */
export function hasRoom(): boolean {
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > 2 ** 30;
}

/** Where to put what nobody needs after the test: in memory, so that no write waits for the disk, or else among temporary files. */
export const shortLived = (): string => (hasRoom() ? folder : tmpdir());
