import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { docFaults } from './support/doc-paths.ts';
import { tablePage } from './support/table-page.ts';

const root = join(import.meta.dirname, '..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

describe('The docs', () => {
  it('show the table as it is', () => expect(tablePage()).toMatchFileSnapshot('../docs/table.md'));

  it('name only paths, pages and npm scripts that exist', () => expect(docFaults(root).join('\n')).toBe(''));

  it('give the same commands for testing as the continuous integration runs', () => {
    const [, command] = /```bash\n(npm ci && npm test)\n```/.exec(text('README.md')) ?? [];
    expect(command, 'the test command in README.md').toBeDefined();
    for (const part of command?.split(' && ') ?? []) expect(text('.ci/run')).toContain(part);
  });
});
