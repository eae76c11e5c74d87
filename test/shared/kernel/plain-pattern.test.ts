import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { searchable } from '../../../shared/kernel/index.ts';
import { plainPattern, type Reach } from '../../../shared/kernel/plain-pattern.ts';
import { plainSearch } from '../../../shared/kernel/plain-search.ts';
import { surePattern } from '../../../shared/kernel/sure-pattern.ts';

const literal = fc.constantFrom('a', 'B', 'k', 's', 'ab', 'fail', '-', ' ', '\\.', '\\$', '1');
const classes = fc.constantFrom(
  ...[
    '[a-z]',
    '[A-F]',
    '\\d',
    '\\w',
    '[ab\\-]',
    '[0-9.]',
    '.',
    '[^a]',
    '[^s ]',
    '\\s',
    '\\S',
    '\\W',
    '\\D',
    'a',
    'k',
    '-',
    '[\\w.-]',
  ],
);
const times = fc.constantFrom('+', '*', '?', '{2}', '{0,2}', '{1,}', '');
const group = fc
  .tuple(
    fc.array(fc.oneof(literal, fc.constant('')), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '?'),
  )
  .map(([all, option]) => `(${all.join('|')})${option}`);
const piece = fc.oneof(
  { weight: 3, arbitrary: literal },
  { weight: 3, arbitrary: fc.tuple(classes, times).map((both) => both.join('')) },
  group,
  fc.constantFrom('.*', '.*', '\\b'),
);
const pattern = fc
  .tuple(fc.constantFrom('', '', '^'), fc.array(piece, { maxLength: 5 }), fc.constantFrom('', '', '$'))
  .map(([first, pieces, last]) => first + pieces.join('') + last);
const alternatives = fc.array(literal, { minLength: 2, maxLength: 4 }).map((all) => all.join('|'));
const characters = [
  'a',
  'A',
  'b',
  'c',
  'K',
  'k',
  '\u212A',
  's',
  '\u017F',
  'fail',
  '.',
  '$',
  '1',
  '2',
  '\n',
  '\t',
  'é',
  ' ',
  '-',
  '_',
];
const text = fc.array(fc.constantFrom(...characters), { maxLength: 14 }).map((all) => all.join(''));

/** How it is looked for, if it is told without the engine. */
function told(
  one: string,
  reach: Reach,
): { readonly test: (text: string) => boolean; readonly by: 'texts' | 'V8' } | undefined {
  const plain = plainPattern(one, reach);
  const search = plain && plainSearch(plain);
  if (search) return { test: search, by: 'texts' };
  const sure = plain && surePattern(plain);
  return sure && { test: (where) => sure.test(where), by: 'V8' };
}

/** Milliseconds of the processor. */
function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('a pattern that is told without an engine', () => {
  it.each<[Reach, (one: string, where: string) => [boolean, boolean | undefined]]>([
    [
      'anywhere',
      (one, where) => [
        RE2JS.compile(one, RE2JS.CASE_INSENSITIVE).matcher(where).find(),
        one.includes('\\b') && /[\u017F\u212A]/.test(where)
          ? undefined
          : told(one, 'anywhere')?.test(searchable(where)),
      ],
    ],
    [
      'whole',
      (one, where) => [RE2JS.compile(`^(?:${one})$`).matcher(where).find(), told(one, 'whole')?.test(where)],
    ],
  ])('stands %s where the engine finds it', (reach, both) => {
    const count = { texts: 0, V8: 0 };
    fc.assert(
      fc.property(fc.oneof({ weight: 5, arbitrary: pattern }, alternatives), text, (one, where) => {
        const by = told(one, reach)?.by;
        if (!by) return;
        count[by]++;
        const [engine, ours] = both(one, where);
        if (ours !== undefined) expect(ours, JSON.stringify([one, where])).toBe(engine);
      }),
      { numRuns: 20_000 },
    );
    expect(Math.min(count.texts, count.V8)).toBeGreaterThan(2_000);
  });

  it('[F63] takes little for 64 KB, whatever they are', () => {
    const unit = fc.array(fc.constantFrom('a', 'b', 'ab', 'k', '1', '-', ' ', 'fail', '.', '\n'), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(pattern, unit, fc.constantFrom('anywhere', 'whole'), (one, parts, reach) => {
        const search = told(one, reach);
        if (!search) return;
        const where = parts.join('').repeat(65_536 / parts.join('').length);
        expect(
          cpuOf(() => search.test(where)),
          JSON.stringify([one, parts]),
        ).toBeLessThan(50);
      }),
      { numRuns: 1_500 },
    );
  });

  it.each([
    ['latency', 'texts'],
    ['database.*fail', 'texts'],
    ['(disk|memory) .*fail', 'texts'],
    ['prod|staging|test', 'V8'],
    ['time(d )?out', 'V8'],
    ['^kafka', 'texts'],
    ['^kafka.*(lag|lost)$', 'texts'],
    ['on [a-z]+-\\d+ fails', 'V8'],
    ['web-\\d+\\.example\\.com$', 'V8'],
    ['node-?\\d+', 'V8'],
    ['\\bfail(ed|s|ure)?\\b', 'V8'],
    ['5\\d\\d', 'V8'],
    ['\\d+ms', 'V8'],
    ['[a-z]+x', 'V8'],
    ['pool .{0,5}number', 'V8'],
    ['^[^ ]+ is down$', 'V8'],
  ])('is %s, by %s', (one, by) => {
    expect(told(one, 'anywhere')?.by).toBe(by);
  });

  it.each([
    ['aa[a-z]+-', 'begins with nothing but what is repeated'],
    ['1x[a-z]+m', 'goes on with what is repeated'],
    ['x[a-z]+.*y', 'has a class and .*'],
    ['(a|b|c|d|e|f)(g|h|i|j|k|l).*x', 'has too many texts'],
    ['^a|b', 'is bound in a part'],
    ['(a+)+', 'repeats a repetition'],
    ['.{0,200}x.{0,200}', 'has too many ways'],
  ])('is not %s, which %s', (one) => {
    expect(told(one, 'anywhere')).toBeUndefined();
  });

  it.each([
    'b.*(c|d|e).*f',
    '(a|b) .*(x|y|z)',
    '^a.*(q|r)',
    'q.*(a|b)$',
    'a*-?$',
    '-[a-f]+-\\d+!',
    '-.{0,9}!',
  ])('[F63] %s reads 256 KB of many lines once', (one) => {
    const search = told(one, 'anywhere');
    if (!search) throw new Error(`${one} is not told without the engine`);
    for (const unit of ['b\n', 'a x', 'x-abc', 'bc\n', 'a \nx\n', 'x-a-1', 'q', '-', '-a', '-1'])
      expect(cpuOf(() => search.test(unit.repeat(262_144 / unit.length)))).toBeLessThan(50);
  });
});
