import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IncidentsPage, listFrom } from '../../frontend/incidents/listed.ts';
import { open } from './sample.ts';

const items = open.map(({ alerts: _, ...incident }) => incident);
const signal = new AbortController().signal;

describe('a list in pages', () => {
  test('is read from its beginning, as many pages as were asked for and there are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(items.length),
        fc.nat(7),
        fc.integer({ min: 1, max: 3 }),
        async (count, more, size) => {
          const list = listFrom(async (cursor) => {
            const from = Number(cursor ?? 0);
            const next = from + size < count ? { next: String(from + size) } : {};
            return { items: items.slice(from, Math.min(from + size, count)), total: count, ...next };
          });
          for (let i = 0; i < more; i++) expect(list.lengthen()).toBe(i + 2);
          const shown = await list.load(signal);
          const wanted = Math.min(count, size * (more + 1));
          expect(shown.items).toEqual(items.slice(0, wanted));
          expect([shown.total, shown.more]).toEqual([count, wanted < count]);
          expect(shown.pages).toBe(Math.max(1, Math.min(more + 1, Math.ceil(count / size))));
        },
      ),
    );
  });
  test('holds once what moved from one page to the next meanwhile, as it was seen last', async () => {
    const [a, b, c] = items;
    if (!a || !b || !c) throw new Error('The sample has too few incidents.');
    const later = { ...a, state: 'acknowledged' as const };
    const pages: IncidentsPage[] = [{ items: [a, b], next: '1' }, { items: [c, later] }];
    const list = listFrom(async (cursor) => pages[Number(cursor ?? 0)] ?? { items: [] });
    list.lengthen();
    expect((await list.load(signal)).items).toEqual([later, b, c]);
  });
});
