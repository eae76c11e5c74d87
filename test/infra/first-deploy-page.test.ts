import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { settingNames } from '../../infra/config.ts';
import { routes } from '../../shared/wiring/index.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/first-deploy.md');
const matches = (pattern: RegExp) => [...new Set([...page.matchAll(pattern)].map(([, found = '']) => found))];

/** What `cdk` can do, as it says itself. */
const cdkCommands = () =>
  [
    ...execFileSync(process.execPath, ['node_modules/aws-cdk/bin/cdk', '--help'], {
      cwd: root,
      encoding: 'utf8',
    }).matchAll(/^ {2}cdk ([a-z-]+)/gm),
  ].map(([, name]) => name);

describe('docs/first-deploy.md', () => {
  test('has every setting in its table, and no other', () => {
    const rows = /\| setting [\s\S]*?\n\n/.exec(page)?.[0] ?? '';
    expect([...rows.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name).sort()).toEqual(
      [...settingNames].sort(),
    );
  });

  test('names only commands that the CDK has', () => {
    const named = matches(/npx cdk ([a-z-]+)/g);
    expect(named).toEqual(expect.arrayContaining(['bootstrap', 'deploy', 'destroy']));
    expect(cdkCommands()).toEqual(expect.arrayContaining(named));
  });

  test('names only options that its commands have', () => {
    const lines = [...page.matchAll(/npm run (\w+) -- ((?:[^\n`]|\\\n)*)/g)];
    expect(lines.length).toBeGreaterThan(4);
    const usages: Record<string, string> = {};
    for (const [, script = '', words = ''] of lines) {
      usages[script] ??= execFileSync('npm', ['run', '-s', script, '--', '--help'], {
        cwd: root,
        encoding: 'utf8',
      });
      for (const [option] of words.matchAll(/--[a-z-]+/g))
        expect(usages[script], script).toContain(`  ${option} `);
    }
  });

  test('names only outputs of the stack and paths of the API', () => {
    const stack = read('infra/stack.ts');
    for (const output of matches(/\b(\w+)Output\b/g)) expect(stack, output).toContain(`tell('${output}'`);
    const known = routes.map(({ method, path }) => `${method} ${path}`);
    const called = matches(/ ((?:GET|POST|PUT|PATCH|DELETE) \/api\/\S+)/g);
    expect(called.length).toBeGreaterThan(2);
    expect(known).toEqual(expect.arrayContaining(called));
  });

  test('has no link to a heading of its own that is not there', () => {
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replace(/\s/g, '-'),
    );
    expect(anchors).toEqual(expect.arrayContaining(matches(/\]\(#([^)]+)\)/g)));
  });

  test('shows the refusals and words of the programs as they are', () => {
    for (const [words, file] of [
      ['Correct these settings in', 'infra/wrong-settings.ts'],
      [' yet (begin with: cp settings.example.json ', 'infra/wrong-settings.ts'],
      ['A door for alerts was made.', 'infra/operate/smoke.ts'],
      [': your access to incident management', 'infra/constructs/sign-in.ts'],
    ] as const) {
      expect(page).toContain(words);
      expect(read(file)).toContain(words);
    }
  });
});
