import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bundles, bundle } from '../../infra/bundle.ts';
import { runBundle } from '../support/run-bundle.ts';

const sources = {
  'functions/alerts/receive.http.ts': `
    import { shared } from '../../shared/words.ts';
    export const handler = async () => shared('receive');`,
  'functions/detection/detect.queue.ts': `
    import { shared } from '../../shared/words.ts';
    export const handler = async () => (await import('../../shared/late.ts')).late(shared('detect'));
    export const fail = () => { throw new Error('on line 4'); };`,
  'functions/api/routes.ts': `
    import { createHash } from 'node:crypto';
    export const handler = async () => createHash('sha256').update('x').digest('hex').length;`,
  'shared/words.ts': `export const shared = (name: string) => \`hello from \${name}\`;`,
  'shared/late.ts': `export const late = (text: string) => text.toUpperCase();`,
};
const entries = {
  Receive: 'functions/alerts/receive.http.ts',
  Detect: 'functions/detection/detect.queue.ts',
  Api: 'functions/api/routes.ts',
};

let folder: string;
let bundles: Bundles;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  for (const [file, text] of Object.entries(sources)) {
    await mkdir(dirname(join(folder, 'one', file)), { recursive: true });
    await writeFile(join(folder, 'one', file), text);
  }
  await cp(join(folder, 'one'), join(folder, 'another/and/deeper'), { recursive: true });
  bundles = await bundle(entries, { root: join(folder, 'one'), into: join(folder, 'out') });
});
afterAll(() => rm(folder, { recursive: true }));

const filesOf = async (found: Bundles, name: string) => (await readdir(found.get(name) ?? '')).sort();

const run = (name: string, call: string) => runBundle(bundles, name, call);

describe('the bundle of a function', () => {
  test('runs, with what it shares and what it loads late', async () => {
    expect(await run('Receive', 'handler()')).toBe('hello from receive');
    expect(await run('Detect', 'handler()')).toBe('HELLO FROM DETECT');
    expect(await run('Api', 'handler()')).toBe('64');
  });

  test('holds the files that its entry reaches and no other', async () => {
    const modules = async (name: string) =>
      (await filesOf(bundles, name)).filter((file) => file.endsWith('.mjs'));
    const [words, ...more] = (await modules('Receive')).filter((file) => file.startsWith('chunk-'));
    expect(more).toEqual([]);
    expect(await modules('Receive')).toEqual(['Receive.mjs', words]);
    expect(await modules('Detect')).toHaveLength(3);
    expect(await modules('Detect')).toContain(words);
    expect(await modules('Api')).toEqual(['Api.mjs']);
  });

  test('brings along the files of packages that it reads, where it finds them', async () => {
    const file = 'fonts/ttf/Face.ttf';
    const root = join(folder, 'one');
    await mkdir(dirname(join(root, 'node_modules', file)), { recursive: true });
    await writeFile(join(root, 'node_modules', file), 'a font');
    const found = await bundle(entries, { root, into: join(folder, 'out5'), files: { Api: [file] } });
    expect(await readFile(join(found.get('Api') ?? '', 'node_modules', file), 'utf8')).toBe('a font');
    expect(await filesOf(found, 'Receive')).not.toContain('node_modules');
  });

  test('has a source map for each module, which leads an error back to its TypeScript', async () => {
    const all = await filesOf(bundles, 'Detect');
    const modules = all.filter((file) => file.endsWith('.mjs'));
    expect(all.filter((file) => file.endsWith('.map'))).toEqual(modules.map((file) => `${file}.map`).sort());
    await expect(run('Detect', 'fail()')).rejects.toThrow(/functions\/detection\/detect\.queue\.ts:4:/);
  });

  test('is the same, file by file, wherever the project lies', async () => {
    const elsewhere = await bundle(entries, {
      root: join(folder, 'another/and/deeper'),
      into: join(folder, 'out2'),
    });
    for (const name of Object.keys(entries)) {
      const files = await filesOf(bundles, name);
      expect(await filesOf(elsewhere, name)).toEqual(files);
      for (const file of files) {
        const [here, there] = await Promise.all(
          [bundles, elsewhere].map((found) => readFile(join(found.get(name) ?? '', file), 'utf8')),
        );
        expect(there, `${name}/${file}`).toBe(here);
      }
    }
  });
});

describe('entries that do not exist', () => {
  test('are all named, each with its function', async () => {
    const gone = { ...entries, Sweep: 'functions/incidents/sweep.schedule.ts', Gone: 'functions/gone.ts' };
    await expect(bundle(gone, { root: join(folder, 'one'), into: join(folder, 'out3') })).rejects.toThrow(
      new Error(
        [
          'These functions of shared/wiring have no entry file:',
          '  Sweep: functions/incidents/sweep.schedule.ts',
          '  Gone: functions/gone.ts',
        ].join('\n'),
      ),
    );
  });

  test('and imports that do not exist stop the bundling with their place', async () => {
    await writeFile(
      join(folder, 'one/functions/broken.ts'),
      `import '../nowhere.ts'; export const handler = 1;`,
    );
    const broken = { Broken: 'functions/broken.ts' };
    await expect(bundle(broken, { root: join(folder, 'one'), into: join(folder, 'out4') })).rejects.toThrow(
      /functions\/broken\.ts:1:7: ERROR: Could not resolve "\.\.\/nowhere\.ts"/,
    );
  });
});
