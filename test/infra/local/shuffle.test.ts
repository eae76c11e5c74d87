import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededShuffle } from '../../../infra/local/shuffle.ts';

describe('a seeded shuffle', () => {
  const records = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), value: fc.integer() }));

  test('keeps what there is, and the order of each key', () => {
    fc.assert(
      fc.property(records, fc.integer(), (list, seed) => {
        const shuffled = seededShuffle(seed).keeping(list, ({ key }) => key);
        expect(shuffled).toHaveLength(list.length);
        for (const key of ['a', 'b', 'c']) {
          const of = (all: typeof list) => all.filter((one) => one.key === key);
          expect(of([...shuffled])).toEqual(of(list));
        }
        expect(new Set(seededShuffle(seed).any(list))).toEqual(new Set(list));
      }),
    );
  });

  test('gives the same orders for the same seed, and others for another', () => {
    const list = Array.from({ length: 20 }, (_, at) => at);
    const orders = (seed: number) => {
      const shuffle = seededShuffle(seed);
      return [shuffle.any(list), shuffle.keeping(list, String), shuffle.any(list)];
    };
    expect(orders(7)).toEqual(orders(7));
    expect(orders(7)).not.toEqual(orders(8));
    expect(orders(7)[0]).not.toEqual(orders(7)[2]);
  });
});
