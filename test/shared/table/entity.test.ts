import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entity, schema } from '../../../shared/table/index.ts';

/** Values that try to reach into another key: separators, escapes, fixed parts of other keys, odd text. */
const value = fc.oneof(
  fc.string({
    minLength: 1,
    unit: fc.constantFrom('a', '#', '%', '23', '25', 'O#', 'I#', 'HEAD', '{', '}', '/', '.'),
  }),
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.constantFrom(
    '../x',
    'INC#1#2',
    '%2e%2e',
    '\u{1f600}',
    'constructor',
    'HEAD',
    'O#x#I#y',
    '{org}',
    '$&',
    '$1',
  ),
);

describe('a key', () => {
  it('[F59] is equal only for equal values: no value can reach into its neighbour', () => {
    const pair = entity({ about: 'test', pk: 'O#{org}#I#{inc}', sk: 'P#{a}#{b}' });
    const values = fc.record({ org: value, inc: value, a: value, b: value });
    fc.assert(
      fc.property(values, values, (one, other) => {
        const same = JSON.stringify(pair.key(one)) === JSON.stringify(pair.key(other));
        expect(same).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
      { numRuns: 1_000 },
    );
  });

  it('[F59] can be read again, whatever its values were', () => {
    const due = entity({ about: 'test', pk: 'O#{org}', sk: 'P', gsi2pk: 'D', gsi2sk: '{at:9}#{org}#{fp}' });
    fc.assert(
      fc.property(fc.nat(), value, value, (at, org, fp) => {
        const { gsi2sk } = due.index('gsi2', { at, org, fp });
        expect(due.read('gsi2sk', gsi2sk)).toEqual({ at: String(at).padStart(9, '0'), org, fp });
      }),
    );
    expect(schema.alertHead.read('pk', schema.alertHead.partition({ org: 'org_1', fp: 'x' }))).toEqual({
      ...{ org: 'org_1', fp: 'x' },
    });
  });

  it('[F59] moved separators do not meet', () => {
    const pair = entity({ about: 'test', pk: '{a}#{b}', sk: 'X' });
    const keys = [
      ['x#y', 'z'],
      ['x', 'y#z'],
      ['x%23y', 'z'],
      ['x', 'y%23z'],
    ].map(([a = '', b = '']) => pair.partition({ a, b }));
    expect(new Set(keys).size).toBe(4);
  });

  it("[F59] of one organisation begins with it, and no other organisation's does", () => {
    const partitions = [
      (org: string, x: string) => schema.fact.partition({ org, inc: x }),
      (org: string, x: string) => schema.alertHead.partition({ org, fp: x }),
      (org: string, x: string) => schema.correlationGuard.partition({ org, hash: x }),
      (org: string) => schema.numberCounter.partition({ org }),
      (org: string) => schema.configurationHead.partition({ org }),
    ];
    fc.assert(
      fc.property(value, value, value, value, (org, other, x, y) => {
        fc.pre(org !== other);
        const ours = partitions.map((of) => of(org, x));
        const theirs = partitions.map((of) => of(other, y));
        expect(ours.filter((key) => theirs.includes(key))).toEqual([]);
      }),
    );
  });

  it('without a value for one of its fields is refused, also when that is empty', () => {
    expect(() => schema.fact.key({ org: '', inc: 'i', seq: 1 })).toThrow('needs a value for org');
    expect(() => schema.fact.key({ org: 'o', inc: undefined as never, seq: 1 })).toThrow(
      'needs a value for inc',
    );
    expect(schema.fact.key({ org: 'o', inc: 'i', seq: 0 }).sk).toBe('F#000000000000');
  });

  it('padded numbers sort as numbers', () => {
    const seq = fc.integer({ min: 0, max: 999_999_999_999 });
    fc.assert(
      fc.property(seq, seq, (a, b) => {
        const sort = (n: number) => schema.fact.sort({ seq: n });
        expect(Math.sign(a - b)).toBe(sort(a) < sort(b) ? -1 : sort(a) > sort(b) ? 1 : 0);
      }),
    );
  });

  it('instants to the year 5138 sort as instants', () => {
    const at = fc.integer({ min: 0, max: 1e14 });
    fc.assert(
      fc.property(at, at, (a, b) => {
        const sort = (dueAt: number) =>
          schema.incidentHead.index('gsi2', { shard: 0, dueAt, org: 'o', inc: 'i' }).gsi2sk;
        expect(sort(a) < sort(b)).toBe(a < b);
      }),
    );
  });

  it('has the part before its first field for a range, and the attributes of an index', () => {
    expect(schema.fact.sortPrefix).toBe('F#');
    expect(schema.incidentHead.sortPrefix).toBe('HEAD');
    expect(schema.openPointer.sortPrefix).toBe('');
    expect(schema.incidentHead.index('gsi1', { org: 'o', month: '2026-11', openedAt: 5, inc: 'i' })).toEqual({
      gsi1pk: 'O#o#I#2026-11',
      gsi1sk: '000000000000005#i',
    });
  });
});
