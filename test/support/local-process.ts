import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Addresses, readAddresses } from '../../infra/demo/addresses.ts';

/** `npm start` as a process of its own, as a person runs it. */
export interface LocalProcess {
  readonly addresses: Addresses;
  readonly child: ChildProcess;
  /** What it has printed so far. */
  readonly printed: readonly string[];
  /** Ends it and waits until it is gone; gives how long that took, in milliseconds. */
  end(signal: NodeJS.Signals): Promise<number>;
}

/** Starts the local system on a data folder and waits for its line `ready`. */
export async function startProcess(
  data: string,
  port: number,
  ...more: readonly string[]
): Promise<LocalProcess> {
  const child = spawn(
    process.execPath,
    // A developer's own settings are not for tests.
    [
      'infra/local/run.ts',
      '--settings',
      'settings.example.json',
      '--data',
      data,
      '--port',
      String(port),
      ...more,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const printed: string[] = [];
  child.stderr.on('data', (text: Buffer) => printed.push(String(text)));
  const gone = once(child, 'exit');
  await Promise.race([untilReady(child, printed), gone.then(() => undefined)]);
  if (child.exitCode !== null)
    throw new Error(`The local system ended before it was ready:\n${printed.join('\n')}`);
  const addresses = await readAddresses(data);
  if (!addresses) throw new Error(`No addresses in ${data}`);
  return {
    addresses,
    child,
    printed,
    async end(signal) {
      const begun = performance.now();
      child.kill(signal);
      await gone;
      return performance.now() - begun;
    },
  };
}

async function untilReady(child: ChildProcess, printed: string[]): Promise<void> {
  if (!child.stdout) throw new Error('No output to read');
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      printed.push(line);
      if (line === 'ready') resolve();
    });
  });
}
