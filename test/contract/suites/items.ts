import { describe, expect, it } from 'vitest';
import { table } from '../../../functions/aws/table.ts';
import { freshPartition } from './partition.ts';

interface Row {
  readonly version?: number;
  readonly n?: number;
  readonly title?: string;
  readonly members?: ReadonlySet<string>;
}

/** What single writes and loads by key must do. */
export function itemContract(): void {
  describe('single items', () => {
    it('puts a new item once', async () => {
      const key = { pk: freshPartition(), sk: 'A' };
      expect(await table.putNew({ ...key, title: 'first' })).toBe(true);
      expect(await table.putNew({ ...key, title: 'second' })).toBe(false);
      expect(await table.get<Row>(key)).toEqual({ ...key, title: 'first' });
    });

    it('lets exactly one of twenty writers put a new item', async () => {
      const key = { pk: freshPartition(), sk: 'A' };
      const won = await Promise.all(Array.from({ length: 20 }, (_, n) => table.putNew({ ...key, n })));
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it('[F61] lets one of two updates of the same version through', async () => {
      const key = { pk: freshPartition(), sk: 'HEAD' };
      await table.put({ ...key, version: 1, title: 'a' });
      const update = (title: string) => table.update<Row>(key, { set: { title }, ifVersion: 1 });
      const results = await Promise.all([update('b'), update('c')]);
      expect(results.filter((row) => row !== undefined)).toHaveLength(1);
      expect((await table.get<Row>(key))?.version).toBe(2);
    });

    it('adds to a counter without losing any of fifty parallel additions', async () => {
      const key = { pk: freshPartition(), sk: 'SEQ' };
      const numbers = await Promise.all(Array.from({ length: 50 }, () => table.add(key, 'last', 1)));
      expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    });

    it('adds members to a set and removes attributes', async () => {
      const key = { pk: freshPartition(), sk: 'S' };
      await table.update(key, { add: { members: new Set(['a', 'b']) }, set: { title: 'x', n: undefined } });
      const row = await table.update<Row>(key, { add: { members: new Set(['b', 'c']) }, unset: ['title'] });
      expect(row).toEqual({ ...key, members: new Set(['a', 'b', 'c']) });
    });

    it('keeps attributes whose names are reserved words', async () => {
      const key = { pk: freshPartition(), sk: 'A' };
      const row = await table.update(key, { set: { status: 'x', name: 'y', data: 'z', ttl: 1 } });
      expect(row).toEqual({ ...key, status: 'x', name: 'y', data: 'z', ttl: 1 });
    });

    it('takes any of several conditions', async () => {
      const key = { pk: freshPartition(), sk: 'P' };
      await table.put({ ...key, state: 'claimed', leaseUntil: 100 });
      const claim = (now: number) =>
        table.update(key, {
          set: { leaseUntil: now + 50 },
          if: [{ state: { is: 'planned' } }, { state: { is: 'claimed' }, leaseUntil: { below: now } }],
        });
      expect(await claim(100)).toBeUndefined();
      expect(await claim(101)).toMatchObject({ leaseUntil: 151 });
    });

    it('gives a removed item to exactly one of those who remove it', async () => {
      const key = { pk: freshPartition(), sk: 'TICKET' };
      await table.put({ ...key, title: 'once' });
      const taken = await Promise.all(Array.from({ length: 10 }, () => table.remove<Row>(key)));
      expect(taken.filter((row) => row?.title === 'once')).toHaveLength(1);
    });

    it('does not remove what its guard protects', async () => {
      const key = { pk: freshPartition(), sk: 'TICKET' };
      await table.put({ ...key, expiresAt: 5 });
      expect(await table.remove(key, { if: { expiresAt: { atLeast: 6 } } })).toBeUndefined();
      expect(await table.remove(key, { if: { expiresAt: { atLeast: 5 } } })).toMatchObject({ expiresAt: 5 });
    });
  });

  describe('load', () => {
    it('gives 250 items in the order of their keys, also when keys repeat or are missing', async () => {
      const pk = freshPartition();
      const keys = Array.from({ length: 250 }, (_, n) => ({ pk, sk: `A#${n}` }));
      await Promise.all(keys.filter((_, n) => n % 3 > 0).map((key, n) => table.put({ ...key, n })));
      const rows = await table.load<Row>([...keys, ...keys.slice(0, 2)]);
      expect(rows).toHaveLength(252);
      expect(
        rows.every((row, i) => (row === undefined ? i % 3 === 0 || i === 250 : row.sk === `A#${i % 250}`)),
      ).toBe(true);
      expect(rows.filter((row) => row === undefined)).toHaveLength(85);
    });

    it('reads nothing for no keys', async () => {
      expect(await table.load([])).toEqual([]);
    });
  });
}
