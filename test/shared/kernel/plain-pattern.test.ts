import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { searchable } from '../../../shared/kernel/index.ts';
import { plainPattern } from '../../../shared/kernel/plain-pattern.ts';
import { plainSearch } from '../../../shared/kernel/plain-search.ts';

const literal = fc.constantFrom('a', 'B', 'k', 's', 'ab', 'fail', '-', ' ', '\\.', '\\$', '1');
const piece = fc.oneof(
  { weight: 3, arbitrary: literal },
  { weight: 2, arbitrary: fc.constantFrom('.*', '[a-z]+', '[A-C]+', '\\d+', '\\w+', '[ab\\-]+', '[0-9.-]+') },
  fc
    .array(fc.oneof(literal, fc.constant('')), { minLength: 1, maxLength: 3 })
    .map((all) => `(${all.join('|')})`),
);
const pattern = fc
  .tuple(fc.constantFrom('', '', '^'), fc.array(piece, { maxLength: 6 }), fc.constantFrom('', '', '$'))
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
  'é',
  ' ',
  '-',
];
const text = fc.array(fc.constantFrom(...characters), { maxLength: 16 }).map((all) => all.join(''));

/** Steps of this process, in milliseconds of the processor. */
function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('a pattern that is told without an engine', () => {
  it('occurs where the engine finds it', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.oneof(pattern, alternatives), text, (one, where) => {
        const plain = plainPattern(one, 'anywhere');
        if (!plain) return;
        told++;
        const found = RE2JS.compile(one, RE2JS.CASE_INSENSITIVE).matcher(where).find();
        expect(plainSearch(plain)(searchable(where)), JSON.stringify([one, where])).toBe(found);
      }),
      { numRuns: 20_000 },
    );
    expect(told).toBeGreaterThan(5_000);
  });

  it('is the whole text where the engine says so', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.oneof(pattern, alternatives), text, (one, where) => {
        const plain = plainPattern(one, 'whole');
        if (!plain) return;
        told++;
        const found = RE2JS.compile(`^(?:${one})$`).matcher(where).find();
        expect(plainSearch(plain)(where), JSON.stringify([one, where])).toBe(found);
      }),
      { numRuns: 20_000 },
    );
    expect(told).toBeGreaterThan(5_000);
  });

  it.each([
    'latency',
    'database.*fail',
    '(disk|memory) .*fail',
    'prod|staging|test',
    '^kafka',
    '^kafka.*(lag|lost)$',
    'on [a-z]+-\\d+ fails',
    'web-\\d+\\.example\\.com$',
  ])('is %s', (one) => {
    expect(plainPattern(one, 'anywhere')).toBeDefined();
  });

  it.each([
    ['a[a-z]+', 'begins with what its run takes'],
    ['x[a-z]+m', 'goes on with what its run takes'],
    ['x[a-z]+.*y', 'has a run and .*'],
    ['(a|b)[0-9]+', 'has alternatives and a run'],
    ['(a|b|c|d|e|f)(g|h|i|j|k|l)', 'has too many texts'],
    ['[a-z]+x', 'begins with a run'],
    ['a?b', 'has what need not be there'],
    ['a.b', 'has any character'],
    ['^a|b', 'is bound in a part'],
  ])('is not %s, which %s', (one) => {
    expect(plainPattern(one, 'anywhere')).toBeUndefined();
  });

  it.each(['b.*(c|d|e).*f', '(a|b) .*(x|y|z)', 'x-[a-f]+-\\d+!', '^a.*(q|r)', 'q.*(a|b)$'])(
    '[F63] %s reads 256 KB of many lines once',
    (one) => {
      const plain = plainPattern(one, 'anywhere');
      if (!plain) throw new Error(`${one} is not plain`);
      const search = plainSearch(plain);
      for (const unit of ['b\n', 'a x', 'x-abc', 'bc\n', 'a \nx\n', 'x-a-1', 'q'])
        expect(cpuOf(() => search(unit.repeat(262_144 / unit.length)))).toBeLessThan(50);
    },
  );
});
