import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { localAssembly } from '../../infra/local/cli/synthesize.ts';
import { bundlesOf } from '../bench/bundles.ts';
import { readAtStart } from '../support/read-at-start.ts';

/** Of each source file that the files of a bundle are made of, its path. esbuild heads each with it. */
const sourcesIn = (files: readonly string[]): ReadonlySet<string> =>
  new Set(
    files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^\/\/ (\S+\.[mc]?[jt]s)$/gm)].map(([, path = '']) => path),
    ),
  );

function loadedBy(name: string): readonly string[] {
  const bundle = bundlesOf(localAssembly).find((one) => one.name === name);
  if (bundle === undefined) throw new Error(`There is no function ${name}`);
  return [...sourcesIn(readAtStart(join(bundle.folder, `${name}.mjs`)))];
}

describe('what takes alerts', () => {
  it('loads all sources at its start, but neither the rules nor their engine nor what checks forms of the API', () => {
    const loaded = loadedBy('Receive');
    expect(loaded).toContain('shared/alerts/sources/grafana/index.ts');
    const heavy = loaded.filter((path) => /shared\/detection|node_modules\/(re2js|zod)\//.test(path));
    expect(heavy).toEqual([]);
  });
});
