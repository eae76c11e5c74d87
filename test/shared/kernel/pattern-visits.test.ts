import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { visitsOf } from '../../../shared/kernel/pattern-visits.ts';

const atom = fc.constantFrom('x', 'a', 'b', '.', '[xa]', '[[:alpha:]]', '\\Q[\\E', 'ab', 'xax');
const times = fc.constantFrom('', '', '', '?', '*', '+', '{3}', '{0,6}', '{2,}');
const one = fc.tuple(atom, times).map((both) => both.join(''));
const few = fc.array(one, { minLength: 1, maxLength: 4 }).map((all) => all.join(''));
const part = fc.oneof(
  few,
  fc.tuple(few, few, times).map(([a, b, often]) => `(?:${a}|${b})${often}`),
  fc.tuple(few, few, few, times).map(([a, b, c, often]) => `(?:${a}(?:${b}|${c})+|x)${often}`),
);
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
        const { each, once } = visitsOf(compiled);
        expect(tried(compiled, read)).toBeLessThanOrEqual(3 * ((each + 2) * (read.length + 1) + once));
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['a text that cannot stand in itself is begun seldom', 'timeout .{0,40} error', 20, 0],
    ['one that can is begun everywhere', 'aaaa.{0,40} error', 95, 0],
    ['what must be at the beginning is tried once', '^.{0,40} error', 0, 368],
    ['what is behind an endless repetition may be anywhere', '^x*.{0,40} error', 89, 1],
  ])('%s', (_, source, each, once) => {
    const visits = visitsOf(RE2JS.compile(source, RE2JS.CASE_INSENSITIVE));
    expect([Math.round(visits.each), visits.once]).toEqual([each, once]);
  });
});
