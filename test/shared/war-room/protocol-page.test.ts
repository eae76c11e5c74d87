import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rules } from '../../../shared/war-room/index.ts';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/war-room-protocol.md'), 'utf8');

it('docs/war-room-protocol.md has an article for each rule, in their order', () => {
  const articles = [...page.matchAll(/^### (WR\d+): \S/gm)].map(([, rule]) => rule);
  expect(articles).toEqual(Object.keys(rules));
});

it('each rule of the protocol is cited by a test', async () => {
  const files = await readdir(join(root, 'test'), { recursive: true });
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  const texts = await Promise.all(tests.map((file) => readFile(join(root, 'test', file), 'utf8')));
  const cited = new Set(texts.join('\n').match(/(?<=\[)WR\d+(?=\])/g));
  expect(Object.keys(rules).filter((rule) => !cited.has(rule))).toEqual([]);
});
