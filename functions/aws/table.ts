import { load } from './dynamodb/load.ts';
import { query, queryAnswers } from './dynamodb/query.ts';
import { add, get, put, putNew, remove, update } from './dynamodb/single.ts';
import { transact } from './dynamodb/transact.ts';

export type { Page, Position, Query } from './dynamodb/query.ts';
export { MAX_WRITES } from './dynamodb/transact.ts';
export type { Item, Write } from './dynamodb/write.ts';

/**
 * The single table. Keys come from `shared/table`; the type argument names what we ourselves stored under such a key.
 * A failed condition is a value (`false`, `undefined`, `committed: false`); everything else is thrown.
 */
export const table = { get, load, query, queryAnswers, put, putNew, update, add, remove, transact } as const;
