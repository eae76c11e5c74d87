import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecord, isSame, jsonDigest } from '../../../shared/kernel/index.ts';

/** The same with the fields of each object the other way round, as a table may give them back. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).toReversed();
  return Object.fromEntries(fields.map(([name, field]) => [name, turned(field)]));
}

const json = fc.jsonValue({ maxDepth: 4 });

describe('what says the same', () => {
  it('does so whatever the order of its fields', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(isSame(value, turned(value))).toBe(true);
      }),
    );
  });

  it('is told from everything else as by its digest', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(isSame(one, other)).toBe(jsonDigest(one) === jsonDigest(other));
      }),
    );
  });

  it('holds an absent field for an undefined one, and a name of its own for none that all objects have', () => {
    expect(isSame({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(isSame({ a: 1 }, { a: 1, b: undefined })).toBe(true);
    expect(isSame({ a: 1 }, { a: 1, b: null })).toBe(false);
    expect(isSame({ constructor: 'x' }, {})).toBe(false);
    expect(isSame({}, { toString: 'x' })).toBe(false);
    expect(isSame([1, 2], { 0: 1, 1: 2 })).toBe(false);
  });
});
