import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Why there can be no full disk here; empty where there can be. */
export const roomMissing = whyMissing();

function whyMissing(): string {
  if (process.platform !== 'linux') return 'only Linux lets one process limit the files of another';
  const isThere = spawnSync('prlimit', ['--version']).status === 0;
  return isThere ? '' : 'there is no prlimit, which is in the package util-linux';
}

/** The processes that this one started and that still run. */
const children = (): readonly number[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);

/**
 * Leaves no room for any file that this process or one that it started writes, as a full disk does: the kernel refuses each write.
 * The function that it gives makes room again. Pipes and sockets have no limit.
 *
 * @see https://man7.org/linux/man-pages/man2/getrlimit.2.html RLIMIT_FSIZE
 */
export function leaveNoRoom(): () => void {
  const pids = [process.pid, ...children()];
  const limit = (size: string) => {
    for (const pid of pids) execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`]);
  };
  limit('0');
  return () => limit('unlimited');
}
