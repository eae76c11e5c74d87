import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { madeOnce } from '../made-once.ts';

const app = join(import.meta.dirname, 'app.ts');

/** The synthesized sample stack. */
export function synthesizeSample(): string {
  return madeOnce({
    name: 'sample-stack',
    sources: [import.meta.dirname],
    make(folder) {
      const env = { ...process.env, CDK_OUTDIR: folder };
      const run = spawnSync(process.execPath, [app], { env, encoding: 'utf8' });
      if (run.status !== 0) throw new Error(`The sample stack does not synthesize: ${run.stderr}`);
    },
  });
}
