import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What `parseArgs` is told of an option, in whatever words the file has for its type. */
const parsed = /'?([\w-]+)'?: (?:\{ type: '(?:string|boolean)'|(?:text|flag)(?=[ ,}]))/g;

const told = /(?:^|`) {2}(?:-\w, )?--([\w-]+)/gm;

const commands = globSync('{infra,test}/**/*.ts').flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  const usages = [...text.matchAll(/\b\w*usage = `[^`]*`/gi)].join('\n');
  return usages === '' || file.endsWith('.test.ts') ? [] : [{ file, text, usages }];
});

// Of an option that no usage names, nobody knows, and nobody is told when npm keeps it for itself.
test.each(commands)('each option is in the usage: $file', ({ text, usages }) => {
  const inUsage = [...usages.matchAll(told)].map(([, name]) => name);
  for (const [, name] of text.matchAll(parsed)) expect(inUsage).toContain(name);
});

test('some are read at all', () =>
  expect(commands.flatMap(({ text }) => [...text.matchAll(parsed)]).length).toBeGreaterThan(20));
