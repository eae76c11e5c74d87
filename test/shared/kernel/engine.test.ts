import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { engineOf } from '../../../shared/kernel/engine.ts';

const growing = [
  'x.{20}z',
  '^q1|x.{40}z',
  '[ab]*a[ab]{60}c',
  'error.{0,40}timeout',
  '(u+|x)x.{30}z',
  'x(?:x|a){20}z',
];
const staying = [
  '(a+)+$',
  '\\b(error|exception)\\b.*code 7',
  '^[^:]+: (down|up)',
  'request [0-9a-f]{8}(-[0-9a-f]{4}){3}',
];
const texts = fc.array(fc.constantFrom('x', 'a', 'b', 'z', 'c', 'u', 'error', 'timeout', ' ', ': up'), {
  minLength: 100,
  maxLength: 800,
});

describe('[F63] [F64] the engine', () => {
  it.each([...growing, ...staying])(
    'answers the same of %s whether its automaton was given up or not',
    (pattern) => {
      const bounded = engineOf(pattern, RE2JS.CASE_INSENSITIVE);
      const plain = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
      fc.assert(
        fc.property(texts, (parts) => {
          const text = parts.join('');
          expect(bounded.test(text)).toBe(plain.test(text));
        }),
        { numRuns: 30 },
      );
    },
  );

  it.each(growing)('proves nothing of %s, whose automaton grows with what it reads', (pattern) => {
    const { cost, lookedAt } = engineOf(pattern, RE2JS.CASE_INSENSITIVE);
    expect(lookedAt().cost).toEqual(cost());
  });

  it.each(staying)('proves that the automaton of %s stays small', (pattern) => {
    expect(engineOf(pattern, RE2JS.CASE_INSENSITIVE).lookedAt().cost.each).toBeLessThan(10);
  });

  it('need look at one of patterns that differ in a digit alone, and at each where a class tells digits apart', () => {
    const shapes = (pattern: (digit: number) => string) =>
      new Set(Array.from({ length: 10 }, (_, i) => engineOf(pattern(i)).lookedAt().shape)).size;
    expect(shapes((i) => `host-${i}.*(down|failed)`)).toBe(1);
    // The same digit, one beside it, or another.
    expect(shapes((i) => `host-${i}1.*(down|failed)`)).toBe(3);
    expect(shapes((i) => `host-[0-5]*${i}.*(down|failed)`)).toBe(10);
    expect(shapes((i) => `host-[0-9]{2}x{${i + 1}}`)).toBe(10);
  });
});
