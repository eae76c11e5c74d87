import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFilters } from '../../../../infra/local/streams/filter.ts';

const record = {
  eventName: 'INSERT',
  dynamodb: {
    NewImage: { kind: { S: 'fact' }, via: { S: 'Stream' }, size: { M: { count: 7 } }, tags: ['a', 'b'] },
  },
};
const image = (members: object) => ({ dynamodb: { NewImage: members } });

const cases: readonly (readonly [string, object, boolean])[] = [
  ['an equal text', image({ kind: { S: ['fact'] } }), true],
  ['another text', image({ kind: { S: ['note'] } }), false],
  ['one of several', { eventName: ['MODIFY', 'INSERT'] }, true],
  ['all members', { eventName: ['INSERT'], ...image({ kind: { S: ['note'] } }) }, false],
  ['a member that is there', image({ kind: { S: [{ exists: true }] } }), true],
  ['a member that is not there', image({ gone: { S: [{ exists: false }] } }), true],
  ['a prefix', image({ via: { S: [{ prefix: 'Str' }] } }), true],
  ['a suffix', image({ via: { S: [{ suffix: 'Str' }] } }), false],
  ['another spelling', image({ via: { S: [{ 'equals-ignore-case': 'sTREAM' }] } }), true],
  ['anything but', image({ via: { S: [{ 'anything-but': ['pushed', { prefix: 'x' }] }] } }), true],
  ['anything but, hit', image({ via: { S: [{ 'anything-but': 'Stream' }] } }), false],
  ['a range', image({ size: { M: { count: [{ numeric: ['>', 0, '<=', 7] }] } } }), true],
  ['outside a range', image({ size: { M: { count: [{ numeric: ['<', 7] }] } } }), false],
  ['an element of a list', image({ tags: ['b'] }), true],
];

describe('the filter of an event source mapping', () => {
  test.each(cases)('compares with %s', (_, pattern, passes) => {
    expect(compileFilters([JSON.stringify(pattern)])(record)).toBe(passes);
  });

  test('passes what any of its patterns passes, and everything when it has none', () => {
    const patterns = ['MODIFY', 'INSERT'].map((eventName) => JSON.stringify({ eventName: [eventName] }));
    expect(compileFilters(patterns)(record)).toBe(true);
    expect(compileFilters([])(record)).toBe(true);
  });

  test('refuses a rule that it does not know, before any record is lost', () => {
    expect(() => compileFilters(['{"a":[{"cidr":"10.0.0.0/8"}]}'])).toThrow(/cidr/);
    expect(() => compileFilters(['{"$or":[{"a":[1]}]}'])).toThrow(/\$or/);
    expect(() => compileFilters(['{"a":[{"numeric":["~",1]}]}'])).toThrow(/numeric/);
    expect(() => compileFilters(['{"a":"b"}'])).toThrow(/"b"/);
  });

  test('a pattern made of a record passes that record', async () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    const name = fc.stringMatching(/^[a-z]{1,5}$/);
    const flat = fc.dictionary(name, leaf, { maxKeys: 4 });
    await fc.assert(
      fc.property(fc.dictionary(name, flat, { maxKeys: 4 }), (made) => {
        const pattern = Object.entries(made).map(([outer, inner]) => [
          outer,
          Object.fromEntries(Object.entries(inner).map(([key, value]) => [key, [value]])),
        ]);
        expect(compileFilters([JSON.stringify(Object.fromEntries(pattern))])(made)).toBe(true);
      }),
    );
  });
});
