import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bundles, bundle } from '../../infra/bundle.ts';
import { runBundle } from '../support/run-bundle.ts';

const sources = {
  'shared/words/index.ts': `
export * from './light.ts';
export { heavy, type Weight, heavy as massive } from './heavy.ts';
export * from '../numbers/index.ts';
export { destructured } from './odd.ts';`,
  'shared/words/light.ts': `
export interface Word { readonly text: string }
export const light = (word: Word): string => word.text;
export async function later(word: Word): Promise<string> { return light(word); }
export class Page {}
export function* pages(): Generator<Page> { yield new Page(); }`,
  'shared/words/heavy.ts': `
export type Weight = number;
export const heavy = (): string => 'this text is heavy';`,
  'shared/words/odd.ts': `
const { destructured } = { destructured: 'taken apart' };
export { destructured };`,
  'shared/numbers/index.ts': `export * from './one.ts';`,
  'shared/numbers/one.ts': `export let one = 1;`,
  'functions/Light.ts': `
import {
  later,
  light as bright,
  one,
  type Weight,
  type Word,
} from '../shared/words/index.ts';
const word: Word = { text: 'hello' };
const weight: Weight = 3;
export const handler = async () => \`\${bright(word)} \${await later(word)} \${one} \${weight}\`;
export const fail = () => { throw new Error('on line 12'); };`,
  'functions/Again.ts': `
export { light as handler } from '../shared/words/index.ts';`,
  'functions/Heavy.ts': `
import { heavy, massive, pages } from '../shared/words/index.ts';
export const handler = () => [heavy(), massive(), ...pages()].join();`,
  'functions/Odd.ts': `
import { destructured } from '../shared/words/index.ts';
export const handler = () => destructured;`,
};
const names = ['Light', 'Again', 'Heavy', 'Odd'];

let root: string;
let bundles: Bundles;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'direct-imports-'));
  for (const [file, text] of Object.entries(sources)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  const entries = Object.fromEntries(names.map((name) => [name, `functions/${name}.ts`]));
  bundles = await bundle(entries, { root, into: join(root, 'bundles') });
});
afterAll(() => rm(root, { recursive: true }));

const run = (name: string, call: string) => runBundle(bundles, name, call);

/** All that a function carries. */
async function codeOf(name: string): Promise<string> {
  const folder = bundles.get(name) ?? '';
  const files = (await readdir(folder)).filter((file) => file.endsWith('.mjs'));
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n');
}

describe('a function that needs one name of an index', () => {
  test('runs as it is written, whatever form its imports have', async () => {
    expect(await run('Light', 'handler()')).toBe('hello hello 1 3');
    expect(await run('Again', "handler({ text: 'said on' })")).toBe('said on');
    expect(await run('Heavy', 'handler()')).toBe('this text is heavy,this text is heavy,[object Object]');
  });

  test('does not carry what only others use of it', async () => {
    expect(await codeOf('Heavy')).toContain('this text is heavy');
    for (const name of ['Light', 'Again'])
      expect(await codeOf(name), name).not.toContain('this text is heavy');
  });

  test('gets it through the index where its declaration is not found', async () => {
    expect(await run('Odd', 'handler()')).toBe('taken apart');
  });

  test('still has its own lines in the source map', async () => {
    await expect(run('Light', 'fail()')).rejects.toThrow(/functions\/Light\.ts:12:/);
  });
});
