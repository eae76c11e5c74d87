import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { callLine } from '../../../infra/operate/call-command.ts';
import { doctorLine } from '../../../infra/operate/doctor-command.ts';
import { pauseLine } from '../../../infra/operate/pause-command.ts';
import { publishLine } from '../../../infra/operate/publish-command.ts';
import { redriveLine } from '../../../infra/operate/redrive-command.ts';
import { smokeLine } from '../../../infra/operate/smoke-command.ts';
import { routes } from '../../../shared/wiring/index.ts';

const parsers = {
  call: callLine,
  doctor: doctorLine,
  pause: pauseLine,
  publish: publishLine,
  redrive: redriveLine,
  smoke: smokeLine,
};

/** Their lines are for the system of this machine, which signs in by itself. */
const local = ['rules-lifecycle', 'noise', 'correlation'];

const pages = ['operating', 'first-deploy', 'api', ...local].map((name) => ({
  name,
  text: readFileSync(join(import.meta.dirname, `../../../docs/${name}.md`), 'utf8'),
}));

/** The words of a command line as a shell makes them, but for what it would put in place of `$(…)`. */
const wordsOf = (line: string) =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );

/** The lines with which the pages call a command; one with square brackets or `…` only says what may stand there. */
const linesOf = (script: string) =>
  pages.flatMap(({ name, text }) =>
    [...text.matchAll(new RegExp(`npm run ${script} -- ((?:'[^']*'|\\\\\n|[^\\n\`'])*)`, 'g'))]
      .map(([, words = '']) => words.replaceAll('\\\n', ' '))
      .filter((words) => !/^\[|--stack …/.test(words))
      .map((words) => ({ page: name, words })),
  );

describe('the command lines of the pages for operators', () => {
  test.each(Object.entries(parsers))('are understood by the command itself: %s', (script, parse) => {
    const lines = linesOf(script);
    expect(lines.length).toBeGreaterThan(1);
    for (const { words } of lines) expect(() => parse(wordsOf(words)), words).not.toThrow();
  });

  test('sign in only at a console, and bring a key wherever else they call', () => {
    const consoles = /^https:\/\/(<console>|\w+\.cloudfront\.net)$/;
    const reaching = [
      ...linesOf('smoke').map(({ words }) => ({ words, ...smokeLine(wordsOf(words)) })),
      ...linesOf('call')
        .filter(({ page }) => !local.includes(page))
        .map(({ words }) => ({ words, ...callLine(wordsOf(words)) })),
    ];
    for (const { words, url, key } of reaching) if (key === undefined) expect(url, words).toMatch(consoles);
  });

  test.each([
    ['0', '"0"'],
    ['"3"', '"3"'],
    ['*', '*'],
  ])('name a version as %s, which HTTP writes %s', (typed, etag) =>
    expect(callLine(['PUT', '/api/config', '{}', '--if-match', typed])).toMatchObject({ etag }),
  );

  test('call only what the API has', () => {
    const known = routes.map(({ method, path }) => `${method} ${path}`);
    for (const { words } of linesOf('call')) {
      const { method, path } = callLine(wordsOf(words));
      expect(known).toContain(
        `${method} ${path
          ?.replace(/<\w+>/, '{id}')
          .replace(/\?.*/, '')
          .replace(/\/\d+$/, '/{version}')
          .replace(/^\/api\/(rules|services)\/(cron|checkout)$/, '/api/$1/{id}')}`,
      );
    }
  });

  test('the doctor takes one system, and settings only of one in AWS', () => {
    expect(() => doctorLine(['-c', 'trial=true'])).toThrow('Got -c without --stack.');
    expect(() => doctorLine(['--stack', 'X', '--data', 'y'])).toThrow('Name one system');
    expect(doctorLine(['--stack', 'X', '-c', 'trial=true'])).toMatchObject({ context: { trial: 'true' } });
  });

  test('publishing takes one of a file, --save and --rebuild', () => {
    expect(() => publishLine([])).toThrow('nothing to publish');
    expect(() => publishLine(['state.json', '--rebuild'])).toThrow('several things');
    expect(() => publishLine(['a.json', 'b.json'])).toThrow('allowed is one file');
    expect(() => publishLine(['a.json', '--page', 'page_1'])).toThrow('names its own page');
    expect(() => publishLine(['a.json', '--bucket', 'b'])).toThrow('without --site');
    expect(() => publishLine(['a.json', '--bucket', 'b', '--stack', 'X'])).toThrow('not both');
    expect(() => publishLine(['--rebuild', '--bucket', 'b', '--site', 'https://s'])).toThrow(
      'name the system',
    );
    expect(publishLine(['a.json', '--bucket', 'b', '--site', 'https://s', '--region', 'x'])).toMatchObject({
      bucket: { bucket: 'b', site: 'https://s', region: 'x' },
    });
    expect(publishLine(['--save', 'a.json', '--page', 'page_1'])).toMatchObject({
      save: 'a.json',
      page: 'page_1',
    });
  });

  test.each([
    [['get', '/api/me'], 'with GET, POST, PUT, PATCH, DELETE for a method, and a path that begins with /'],
    [['GET', 'api/me'], 'a path that begins with /'],
    [['GET', '/api/me', '{}'], 'beside GET, which takes nothing'],
    [['PUT', '/api/config', '{}', '--file', 'a.json'], 'allowed is one of them'],
  ])('%j is refused in words', (args, words) => expect(() => callLine(args)).toThrow(words));
});
