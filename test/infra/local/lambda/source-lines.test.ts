import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { oddFunctions } from '../../../support/sample-stack/odd-function.ts';

const { functions, define, logs } = oddFunctions();
const folder = await mkdtemp(join(tmpdir(), 'lines-'));
afterAll(async () => {
  await functions.stop();
  await rm(folder, { recursive: true });
});

const source = `interface Event { readonly log: boolean }

export const handler = async (event: Event) => {
  const error = new RangeError('far off');
  if (!event.log) throw error;
  console.log(error.stack);
  console.log(error.stack);
};
`;

test('an error of a bundled function tells the lines of its source, in its answer and in its log', async () => {
  const outfile = join(folder, 'far.mjs');
  const stdin = { contents: source, loader: 'ts', sourcefile: 'far.ts', resolveDir: folder } as const;
  await build({ stdin, outfile, bundle: true, minify: true, format: 'esm', sourcemap: 'linked' });
  define('Far', { folder, handler: 'far.handler', module: pathToFileURL(outfile).href, export: 'handler' });
  const place = `${join(folder, 'far.ts')}:4:17`;

  const failed = await functions.invoke('Far', { log: false });
  expect(failed).toMatchObject({ ok: false, errorType: 'RangeError', errorMessage: 'far off' });
  const trace = failed.ok ? [] : (failed.trace ?? []);
  expect(trace[0]).toBe('RangeError: far off');
  expect(trace[1]).toContain(place);
  await functions.invoke('Far', { log: true });
  expect(logs.join('').split(place)).toHaveLength(3);
});

test('an error of a module without a map, or of no module, tells its own lines', async () => {
  define('Odd');
  const failed = await functions.invoke('Odd', { do: 'throw' });
  expect(failed.ok ? '' : failed.trace?.[1]).toMatch(/odd\.mjs:\d+:\d+\)$/);
});
