import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { extname, join } from 'node:path';
import * as z from 'zod';
import { localAssembly } from '../../infra/local/cli/synthesize.ts';

const root = join(import.meta.dirname, '../..');
const Settings = z.object({ context: z.record(z.string(), z.unknown()) });

/**
 * Synthesizes the real stack with more settings than those of cdk.json into a folder, for stories about a setting. Its code is that of
 * the assembly that all stories run on, and stays there: it is neither bundled nor copied nor compiled for threads once more.
 */
export async function synthesizeWith(more: Readonly<Record<string, unknown>>, folder: string): Promise<void> {
  const { context } = Settings.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));
  linkAssets(folder);
  const child = spawn(process.execPath, ['test/support/synthesize-anew.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, 'local-only': true, ...more }),
    },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error('The stack cannot be synthesized with these settings');
}

/** The CDK copies no file that is there by the name that it would give it: its hash, and what follows the last dot of its own. */
function linkAssets(folder: string): void {
  const made = join(root, localAssembly);
  for (const name of readdirSync(made).filter((one) => one.startsWith('asset.')))
    for (const link of [name, `${name}${extname(name)}`]) symlinkSync(join(made, name), join(folder, link));
}
