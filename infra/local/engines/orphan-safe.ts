import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

// The shell becomes the program. A watcher of its own reads our pipe: when we are gone, even by SIGKILL,
// it reads the end of the file and kills the program. A line in the pipe ends the watcher alone.
// A file that may not grow is an error of its write, as on a full disk, and not the end of the program.
const script =
  'trap "" XFSZ; exec 3<&0; (read _ <&3 || kill -KILL $$) >/dev/null 2>&1 & exec "$@" 3<&- </dev/null';

/** A child process that does not outlive this one, however this one ends. */
export interface OrphanSafe {
  readonly child: ChildProcess;
  /** Resolves when the program ends although nobody stopped it. */
  readonly died: Promise<Error>;
  stop(): Promise<void>;
}

/** Starts a program in a process group of its own, so that the terminal's Ctrl-C reaches only the runner. */
export function spawnOrphanSafe(program: string, args: readonly string[]): OrphanSafe {
  const child = spawn('/bin/sh', ['-c', script, 'sh', program, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
  // The pipe breaks when the program dies first; its exit is what we react to.
  child.stdin?.on('error', () => undefined);
  let stopping = false;
  const died = new Promise<Error>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!stopping) resolve(new Error(`${program} has ended by itself (${signal ?? code})`));
    });
  });
  return {
    child,
    died,
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exit = once(child, 'exit');
      child.stdin?.end('q\n');
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 1_000);
      await exit;
      clearTimeout(impatient);
    },
  };
}
