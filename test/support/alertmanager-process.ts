import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const isThere = (name: string): boolean => spawnSync(name, ['--version']).error === undefined;

/** Why Alertmanager cannot be started here; undefined where it can. */
export const alertmanagerMissing =
  isThere('prometheus-alertmanager') && isThere('amtool')
    ? undefined
    : 'skipped: prometheus-alertmanager and amtool of Debian are not installed';

/** A real Alertmanager of its own. */
export interface AlertmanagerProcess {
  /** Where its own API is. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts Alertmanager with a configuration on a free port, and waits until it listens. */
export async function startAlertmanager(config: string): Promise<AlertmanagerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'alertmanager-'));
  const file = join(folder, 'alertmanager.yml');
  await writeFile(file, config);
  const child = spawn(
    'prometheus-alertmanager',
    [
      `--config.file=${file}`,
      `--storage.path=${join(folder, 'data')}`,
      '--web.listen-address=127.0.0.1:0',
      '--cluster.listen-address=',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const gone = once(child, 'exit');
  const printed: string[] = [];
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      printed.push(line);
      const found = /address=127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (found !== undefined && found !== '0') resolve(found);
    });
    void gone.then(() => reject(new Error(`Alertmanager ended at once:\n${printed.join('\n')}`)));
  });
  return {
    address: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
