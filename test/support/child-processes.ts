import { execFileSync } from 'node:child_process';

interface Listed {
  readonly id: number;
  readonly parent: number;
}

/** All processes that run now; a dead one that nobody has asked after does not. */
function running(): readonly Listed[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' });
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state = 'Z']) => !state.startsWith('Z'))
    .map(([id, parent]) => ({ id: Number(id), parent: Number(parent) }));
}

/** The processes below a process, and that process, by number. */
export function familyOf(process: number): readonly number[] {
  const all = running();
  const family = [process];
  for (const id of family) family.push(...all.filter(({ parent }) => parent === id).map((one) => one.id));
  return family;
}

/** Those of these processes that still run. */
export function stillRunning(processes: readonly number[]): readonly number[] {
  const now = new Set(running().map(({ id }) => id));
  return processes.filter((id) => now.has(id));
}
