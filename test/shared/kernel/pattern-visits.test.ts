import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { visitsOf } from '../../../shared/kernel/pattern-visits.ts';

const atom = fc.constantFrom('x', 'a', 'b', '.', '[xa]', '[[:alpha:]]', '\\Q[\\E', 'ab', 'xax');
const times = fc.constantFrom('', '', '', '?', '*', '+', '{3}', '{0,6}', '{2,}');
const part = fc.letrec<{ part: string }>((tie) => ({
  part: fc.oneof(
    { weight: 3, arbitrary: fc.tuple(atom, times).map((both) => both.join('')) },
    { arbitrary: fc.tuple(tie('part'), tie('part'), times).map(([a, b, often]) => `(?:${a}|${b})${often}`) },
    { arbitrary: fc.tuple(tie('part'), tie('part')).map((both) => both.join('')) },
  ),
})).part;
const pattern = fc.tuple(fc.constantFrom('', '', '^', '\\b'), part, part, fc.constantFrom('', '', '$', 'z'));
const text = fc.array(fc.constantFrom('x', 'a', 'b', 'xax', '[', '\n'), { maxLength: 60 });

/** Steps that the engine tries when it makes no automaton. */
function tried(compiled: RE2JS, read: string): number {
  const { dfa, prog } = compiled.re2Input;
  dfa.failed = true;
  const getInst = prog.getInst.bind(prog);
  let steps = 0;
  prog.getInst = (at: unknown) => {
    steps++;
    return getInst(at);
  };
  compiled.test(read);
  return steps;
}

describe('[F64] the steps of a pattern that are tried for each character', () => {
  it('are no more than is counted, whatever the pattern and the text: each is looked at at most three times', () => {
    fc.assert(
      fc.property(pattern, text, (parts, chars) => {
        const compiled = RE2JS.compile(parts.join(''), RE2JS.CASE_INSENSITIVE);
        const read = chars.join('');
        // What is bound to the beginning is counted for texts of a hundred characters and more.
        const length = Math.max(100, read.length + 1);
        expect(tried(compiled, read)).toBeLessThanOrEqual(3 * (visitsOf(compiled) + 2) * length);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['a text that cannot stand in itself is begun seldom', 'timeout .{0,40} error', 10],
    ['one that can is begun everywhere', 'aaaa.{0,40} error', 50],
    ['what must be at the beginning is tried once', '^.{0,40} error', 2],
    ['what is behind an endless repetition may be anywhere', '^x*.{0,40} error', 50],
  ])('%s', (_, source, about) => {
    const visits = visitsOf(RE2JS.compile(source, RE2JS.CASE_INSENSITIVE));
    expect(visits).toBeGreaterThan(about / 3);
    expect(visits).toBeLessThan(about * 3);
  });
});
