import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const cache = join(here, '../../../node_modules/.cache/sample-stack');

/** The synthesized sample stack; made once for each state of its sources. */
export function synthesizeSample(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(here, { recursive: true }).map(String).sort()) {
    if (/\.m?[jt]s$/.test(name)) hash.update(name).update(readFileSync(join(here, name)));
  }
  const folder = join(cache, hash.digest('hex').slice(0, 16));
  if (existsSync(join(folder, 'manifest.json'))) return folder;
  mkdirSync(cache, { recursive: true });
  const unfinished = `${folder}.${process.pid}`;
  const run = spawnSync(process.execPath, [join(here, 'app.ts')], {
    env: { ...process.env, CDK_OUTDIR: unfinished },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`The sample stack does not synthesize: ${run.stderr}`);
  try {
    renameSync(unfinished, folder);
  } catch {
    // Another test process was faster; its result is the same.
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}
