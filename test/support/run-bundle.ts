import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Bundles } from '../../infra/bundle.ts';

/** Prints what a call of a bundle gives, in a Node of its own, as Lambda would: with source maps, and nothing else loaded. */
export async function runBundle(bundles: Bundles, name: string, call: string): Promise<string> {
  const file = pathToFileURL(join(bundles.get(name) ?? '', `${name}.mjs`)).href;
  const script = `const bundle = await import('${file}'); console.log(await bundle.${call});`;
  const flags = ['--enable-source-maps', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  return stdout.trim();
}
