import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { occurs, patternFault, patternOf, searchable } from '../../../shared/kernel/index.ts';
import { outlineOf } from '../../../shared/kernel/pattern-outline.ts';

const piece = fc.constantFrom(
  ...[
    'a',
    'B',
    'k',
    's',
    'fail',
    '.*',
    '.*',
    '.',
    'x?',
    'b+',
    'c*',
    '(?:a|bc)',
    '(k)+',
    '(ab|)',
    '[a-z]',
    '\\d',
    '\\.',
    '^',
    '$',
    '|',
    'é',
    'a{2}',
    'b{3,1}',
    'k{,2}',
    '\\b',
    '(?i)',
    '[[:alpha:]]',
    ' ',
    '-',
  ],
);
const pattern = fc.array(piece, { minLength: 1, maxLength: 7 }).map((all) => all.join(''));
const text = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'A',
        'b',
        'B',
        'c',
        'k',
        '\u212A',
        's',
        '\u017F',
        'fail',
        'FAIL',
        '.',
        '1',
        '\n',
        'é',
        'İ',
        ' ',
        '-',
        'x',
      ],
    ),
    { maxLength: 14 },
  )
  .map((all) => all.join(''));

const isGood = (one: string): boolean => patternFault(one) === undefined;
const compiles = (one: string): boolean => {
  try {
    RE2JS.compile(one);
    return true;
  } catch {
    return false;
  }
};

/** Milliseconds of this process. */
function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('patterns', () => {
  it('are refused exactly when the engine refuses them', () => {
    fc.assert(
      fc.property(fc.oneof(pattern, fc.string()), (one) => isGood(one) === compiles(one)),
      { numRuns: 3_000 },
    );
  });

  it('occur where the engine finds them', () => {
    fc.assert(
      fc.property(pattern.filter(isGood), text, (one, where) => {
        const found = RE2JS.compile(one, RE2JS.CASE_INSENSITIVE).matcher(where).find();
        expect(occurs(one, where)).toBe(found);
        const { needs, ends } = outlineOf(one);
        if (found)
          expect(searchable(where).startsWith(ends[0]) && searchable(where).endsWith(ends[1])).toBe(true);
        if (found)
          for (const need of needs) expect(need.some((part) => searchable(where).includes(part))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('are the whole text where the engine says so', () => {
    fc.assert(
      fc.property(pattern.filter(isGood), text, (one, where) => {
        const found = RE2JS.compile(`^(?:${one})$`).matcher(where).find();
        expect(patternOf(one, 'whole').test(where)).toBe(found);
        expect(patternOf(one, 'whole').test(where, searchable(where))).toBe(found);
        const isFoundIn = RE2JS.compile(`^(?:(?i)${one})$`).matcher(where).find();
        expect(patternOf(`(?i)${one}`, 'whole').test(where)).toBe(isFoundIn);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['a(b', 'at character 2: '],
    ['ab)', 'at character 3: '],
    ['x[z', 'at character 2: '],
    ['ab**', 'at character 3: '],
    ['(?<=x)y', 'at character 1: '],
    ['disk (?!full)', 'at character 6: '],
    ['(a)\\1', 'at character 4: '],
  ])('%s is refused, and it is said where', (one, place) => {
    expect(patternFault(one)).toContain(place);
  });

  it.each([
    ['(\\w?){999}', 'takes '],
    ['\\w{999}'.repeat(140), 'has 139860 as the sum of what it counts; at most 500 are allowed'],
    ['(?:.{0,99}){10}', 'takes '],
  ])('[F63] %s is refused, because it takes too long', (one, words) => {
    expect(patternFault(one)).toContain(words);
    // What was looked at is remembered, so each time another one.
    let others = 0;
    expect(cpuOf(() => patternFault(`${one}${'x'.repeat(++others)}`))).toBeLessThan(50);
  });

  it('texts of capitals beside letters beyond ASCII are each made small, in whatever order they are asked', () => {
    const folds = ['ÉK', 'ÉL', 'ÉK', '\u212AÉ', 'K', 'ÉL'].map(searchable);
    expect(folds).toEqual(['Ék', 'Él', 'Ék', 'kÉ', 'k', 'Él']);
  });

  it.each(['\\Qprod', 'a\\Q)$', '\\Qa\\Eb', '\\Qa\\E\\Q('])(
    '%s, which quotes, is good and can be the whole text',
    (one) => {
      expect(patternFault(one)).toBeUndefined();
      expect(patternOf(one, 'whole').test('x')).toBe(false);
      const text = one.replaceAll(/\\[QE]/g, '');
      expect([patternOf(one, 'whole').test(text), patternOf(one, 'anywhere').test(`x${text}x`)]).toEqual([
        true,
        true,
      ]);
    },
  );

  it.each(['(a+)+$', '(.*a){20}', 'x'.repeat(10_000), 'a.*b.*c', 'zz|q.*w', '^a*a*a*a*b$'])(
    '[F63] %s takes little for 64 KB',
    (one) => {
      expect(isGood(one)).toBe(true);
      for (const unit of ['a', 'ab ', 'a\n', 'x']) {
        const where = `${unit.repeat(65_536 / unit.length)}!`;
        expect(cpuOf(() => occurs(one, where))).toBeLessThan(50);
      }
    },
  );
});
