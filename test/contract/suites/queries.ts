import { describe, expect, it, vi } from 'vitest';
import { table } from '../../../functions/aws/table.ts';
import { Refusal } from '../../../shared/kernel/index.ts';
import { freshPartition } from './partition.ts';

interface Row {
  readonly n?: number;
}

/** What reading a range must do. */
export function queryContract(): void {
  describe('query', () => {
    it('reads all pages, whatever their size, forwards and backwards', async () => {
      const pk = freshPartition();
      const filler = 'x'.repeat(100_000);
      const sorts = Array.from({ length: 25 }, (_, n) => `F#${String(n).padStart(3, '0')}`);
      await Promise.all(sorts.map((sk) => table.put({ pk, sk, filler })));
      const { items, next } = await table.query({ partition: pk });
      expect(items.map(({ sk }) => sk)).toEqual(sorts);
      expect(next).toBeUndefined();
      const back = await table.query({ partition: pk, backwards: true, limit: 2 });
      expect(back.items.map(({ sk }) => sk)).toEqual(sorts.slice(-2).reverse());
    });

    it('gives pages that join without gap or repetition, and ends exactly', async () => {
      const pk = freshPartition();
      for (let n = 0; n < 6; n++) await table.put({ pk, sk: `F#${n}` });
      const first = await table.query({ partition: pk, limit: 3 });
      const second = await table.query({ partition: pk, limit: 3, ...(first.next && { after: first.next }) });
      expect([...first.items, ...second.items].map(({ sk }) => sk)).toEqual(
        [0, 1, 2, 3, 4, 5].map((n) => `F#${n}`),
      );
      expect(second.next).toBeUndefined();
    });

    it('reads a prefix and inclusive bounds', async () => {
      const pk = freshPartition();
      for (const sk of ['F#1', 'F#2', 'F#3', 'HEAD', 'M#1']) await table.put({ pk, sk });
      const sorts = async (range: object) =>
        (await table.query({ partition: pk, ...range })).items.map(({ sk }) => sk);
      expect(await sorts({ prefix: 'F#' })).toEqual(['F#1', 'F#2', 'F#3']);
      expect(await sorts({ from: 'F#2', to: 'HEAD' })).toEqual(['F#2', 'F#3', 'HEAD']);
      expect(await sorts({ from: 'HEAD' })).toEqual(['HEAD', 'M#1']);
      expect(await sorts({ to: 'F#1' })).toEqual(['F#1']);
    });

    it('pages through an index', async () => {
      const gsi1pk = freshPartition();
      for (let n = 0; n < 5; n++) {
        await table.put({ pk: freshPartition(), sk: 'HEAD', gsi1pk, gsi1sk: `${n}`, n });
      }
      // An index of an account follows the table.
      await vi.waitFor(async () =>
        expect((await table.query({ partition: gsi1pk, index: 'gsi1' })).items).toHaveLength(5),
      );
      const first = await table.query<Row>({ partition: gsi1pk, index: 'gsi1', limit: 2, backwards: true });
      const after = first.next ?? [];
      const rest = await table.query<Row>({ partition: gsi1pk, index: 'gsi1', backwards: true, after });
      expect([...first.items, ...rest.items].map(({ n }) => n)).toEqual([4, 3, 2, 1, 0]);
    });

    it('hands over only the attributes that were asked for, also inside others, and pages still join', async () => {
      const pk = freshPartition();
      for (let n = 0; n < 5; n++) {
        await table.put({ pk, sk: `F#${n}`, n, text: 'x', inner: { rule: 'r', key: 'k' }, status: 'y' });
      }
      await table.put({ pk, sk: 'F#9', inner: 'no map' });
      const only = ['n', 'status', 'inner.rule', 'nowhere', 'text.rule'];
      const answers: object[] = [];
      for await (const rows of table.queryAnswers({ partition: pk, only })) answers.push(...rows);
      expect(answers).toEqual([
        ...[0, 1, 2, 3, 4].map((n) => ({ n, inner: { rule: 'r' }, status: 'y' })),
        {},
      ]);
      const first = await table.query<Row>({ partition: pk, only: ['n'], limit: 3 });
      expect(first.items).toEqual([0, 1, 2].map((n) => ({ n, sk: `F#${n}` })));
      const after = first.next ?? [];
      const rest = await table.query<Row>({ partition: pk, only: ['n'], after });
      expect(rest.items).toEqual([{ n: 3 }, { n: 4 }, {}]);
    });

    it('hands on each answer of the table as it comes', async () => {
      const pk = freshPartition();
      const filler = 'x'.repeat(300_000);
      for (const sk of ['1', '2', '3', '4', '5']) await table.put({ pk, sk, filler });
      const counts: number[] = [];
      for await (const rows of table.queryAnswers({ partition: pk, backwards: true }))
        counts.push(rows.length);
      expect(counts.length).toBeGreaterThan(1);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5);
    });

    it('[F60] refuses a position that lies outside the range', async () => {
      const pk = freshPartition();
      for (const after of [['HEAD'], [], ['F#1', 'x'], ['']]) {
        await expect(table.query({ partition: pk, prefix: 'F#', after })).rejects.toThrow(Refusal);
      }
    });
  });
}
