import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest, digestBytes } from '../../../shared/kernel/index.ts';

describe('a digest', () => {
  it('is SHA-256 over each part behind its length in bytes', () => {
    const by = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(digest()).toBe(by(''));
    expect(digest('a', 'é')).toBe(by('1:a2:é'));
    expect(Buffer.from(digestBytes('x')).toString('hex')).toBe(digest('x'));
  });

  it('[F20] differs for parts that only look alike when they are joined', () => {
    const pairs = [
      ['a=b', 'c'],
      ['a', 'b=c'],
      ['ab', ''],
      ['', 'ab'],
      ['a', 'b'],
      ['ab'],
      ['1:a'],
      ['a', ''],
    ];
    expect(new Set(pairs.map((parts) => digest(...parts))).size).toBe(pairs.length);
  });

  it('[F20] is equal only for equal parts, however they are cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ':', '1', ',', '='), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), fc.array(text, { maxLength: 4 }), (one, other) => {
        expect(digest(...one) === digest(...other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 500 },
    );
  });
});
