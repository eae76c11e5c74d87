import type { Key } from '../../shared/table/index.ts';
import { type Page, type Position, type Query, table } from './table.ts';

/**
 * The items of a part of the index of what is due, which holds keys alone, a page at a time: each from where the page before ended,
 * since the index is behind what is done meanwhile. What is gone from the table is left out.
 */
export async function* duePages<Row extends object>(
  range: Pick<Query, 'partition' | 'to'>,
  limit: number,
): AsyncGenerator<readonly (Row & Key)[]> {
  let after: Position | undefined;
  do {
    const page: Page<Key> = await table.query<Key>({
      ...{ index: 'gsi2', ...range, limit },
      ...(after && { after }),
    });
    const rows = await table.load<Row>(page.items);
    yield rows.flatMap((row) => (row ? [row] : []));
    after = page.next;
  } while (after);
}
