import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryTable } from './memory-table.ts';
import { compareText } from './order.ts';
import type { TableFaults } from './table-types.ts';

let now = 1_000_000;

/** A table whose dice always fall like this. */
const tableWith = (faults: TableFaults = {}, dice = 0): MemoryTable =>
  new MemoryTable({ now: () => now, chance: () => dice, faults });

const put = (table: MemoryTable, sk: string, more: object = {}) =>
  table.call('Put', { Item: { pk: 'P', sk, ...more } });
const read = (table: MemoryTable, consistent = false) => {
  const { Item } = table.call('Get', { Key: { pk: 'P', sk: 'A' }, ConsistentRead: consistent }) as {
    Item?: object;
  };
  return Item;
};
const byIndex = (table: MemoryTable) =>
  table.call('Query', {
    IndexName: 'gsi1',
    KeyConditionExpression: '#0 = :0',
    ExpressionAttributeNames: { '#0': 'gsi1pk' },
    ExpressionAttributeValues: { ':0': 'I' },
  }) as { Items: object[] };
const transaction = (...sorts: readonly string[]) => ({
  TransactItems: sorts.map((sk) => ({ Put: { Item: { pk: 'P', sk } } })),
});
const reasonsOf = (write: () => unknown): unknown => {
  try {
    return write();
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    return error.CancellationReasons?.map(({ Code }) => Code);
  }
};

describe('the faults of the table in memory', () => {
  it('throttle without doing anything', () => {
    const table = tableWith({ throttle: 1 });
    expect(() => put(table, 'A')).toThrow(ProvisionedThroughputExceededException);
    expect(reasonsOf(() => table.call('TransactWrite', transaction('A', 'B')))).toEqual([
      'ThrottlingError',
      'None',
    ]);
    expect([...table.items()]).toEqual([]);
  });

  it('fail before a write is done, or after', () => {
    const before = tableWith({ failBefore: 1 });
    expect(() => put(before, 'A')).toThrow(InternalServerError);
    expect(before.get('P', 'A')).toBeUndefined();
    const after = tableWith({ failAfter: 1 });
    expect(() => put(after, 'A')).toThrow(InternalServerError);
    expect(after.get('P', 'A')).toEqual({ pk: 'P', sk: 'A' });
  });

  it('let writes meet transactions: one that is at work, or one by chance', () => {
    const table = tableWith();
    const input = transaction('A', 'B');
    const end = table.begin(input);
    expect(() => put(table, 'A')).toThrow(TransactionConflictException);
    const other = transaction('C', 'B');
    expect(reasonsOf(() => table.call('TransactWrite', other))).toEqual(['None', 'TransactionConflict']);
    expect(reasonsOf(() => table.call('TransactWrite', input))).toEqual({});
    end();
    expect(put(table, 'A')).toEqual({});
    table.faults = { conflict: 1 };
    expect(() => put(table, 'A')).toThrow(TransactionConflictException);
  });

  it('leave keys of a batch unprocessed, and throttle when that is all of them', () => {
    let throws = 0;
    const table = new MemoryTable({
      now: () => now,
      chance: () => (throws++ % 2) * 0.9,
      faults: { unprocessed: 0.5 },
    });
    const keys = ['A', 'B'].map((sk) => ({ pk: 'P', sk }));
    for (const { sk } of keys) put(table, sk);
    expect(table.call('BatchGet', { RequestItems: { T: { Keys: keys } } })).toEqual({
      Responses: { T: [{ pk: 'P', sk: 'B' }] },
      UnprocessedKeys: { T: { Keys: [{ pk: 'P', sk: 'A' }], ConsistentRead: false } },
    });
    table.faults = { unprocessed: 1 };
    expect(() => table.call('BatchGet', { RequestItems: { T: { Keys: keys } } })).toThrow(
      ProvisionedThroughputExceededException,
    );
  });

  it('give what was before the last change to who does not ask for consistency, for a second', () => {
    const table = tableWith({ stale: 1 });
    put(table, 'A', { n: 1 });
    expect(read(table)).toBeUndefined();
    expect(read(table, true)).toEqual({ pk: 'P', sk: 'A', n: 1 });
    put(table, 'A', { n: 2 });
    expect(read(table)).toEqual({ pk: 'P', sk: 'A', n: 1 });
    now += 1_000;
    expect(read(table)).toEqual({ pk: 'P', sk: 'A', n: 2 });
  });

  it('let an index follow later, in the order of the changes', () => {
    const table = tableWith({ indexLag: 100 }, 0.5);
    const entry = { gsi1pk: 'I', gsi1sk: '1' };
    put(table, 'A', { ...entry, n: 1 });
    expect(byIndex(table).Items).toEqual([]);
    table.faults = {};
    put(table, 'A', { ...entry, n: 2 });
    expect(byIndex(table).Items).toEqual([]);
    now += 50;
    expect(byIndex(table).Items).toEqual([{ pk: 'P', sk: 'A', ...entry, n: 2 }]);
  });

  it('[F32] let expired items stay until TTL comes, and then some longer', () => {
    const table = tableWith({ lateExpiry: 1 });
    put(table, 'A', { ttl: Math.floor(now / 1_000) - 1 });
    put(table, 'B', { ttl: Math.floor(now / 1_000) + 60 });
    expect(table.expire()).toBe(0);
    expect(read(table, true)).toBeDefined();
    table.faults = {};
    expect(table.expire()).toBe(1);
    expect(table.records(2)).toEqual([
      { sequence: 3, at: now, eventName: 'REMOVE', keys: { pk: { S: 'P' }, sk: { S: 'A' } }, expired: true },
    ]);
  });
});

describe('the table in memory', () => {
  it('refuses by name what it does not know, instead of guessing', () => {
    const table = tableWith();
    const Key = { pk: 'P', sk: 'A' };
    const names = { ExpressionAttributeNames: { '#0': 'n' } };
    expect(() => table.call('ExecuteStatement', {})).toThrow('does not know ExecuteStatement');
    expect(() => table.call('Get', { Key, ProjectionExpression: '#0', ...names })).toThrow(
      'ProjectionExpression of Get',
    );
    const nested = { Key, UpdateExpression: 'SET #0.#1 = :0', ...names };
    expect(() => table.call('Update', nested)).toThrow('does not know the expression');
    expect(() => table.call('Delete', { Key, ReturnValues: 'ALL_NEW' })).toThrow('ReturnValues ALL_NEW');
  });

  it('begins a page only behind a place of its own range', () => {
    const query = (ExclusiveStartKey: object) => () =>
      tableWith().call('Query', {
        KeyConditionExpression: '#0 = :0 AND begins_with(#1, :1)',
        ExpressionAttributeNames: { '#0': 'pk', '#1': 'sk' },
        ExpressionAttributeValues: { ':0': 'P', ':1': 'F#' },
        ExclusiveStartKey,
      });
    expect(query({ pk: 'P', sk: 'F#1' })()).toMatchObject({ Items: [] });
    for (const start of [
      { pk: 'Q', sk: 'F#1' },
      { pk: 'P', sk: 'G' },
      { pk: 'P' },
      { pk: 'P', sk: 'F#1', x: '' },
    ]) {
      expect(query(start)).toThrow('starting key');
    }
  });

  it('scans all items in pages', () => {
    const table = tableWith();
    for (const sk of ['A', 'B', 'C']) put(table, sk);
    const first = table.call('Scan', { Limit: 2 }) as { Items: object[]; LastEvaluatedKey: object };
    const rest = table.call('Scan', { ExclusiveStartKey: first.LastEvaluatedKey }) as typeof first;
    expect([...first.Items, ...rest.Items]).toEqual(['A', 'B', 'C'].map((sk) => ({ pk: 'P', sk })));
    expect(rest.LastEvaluatedKey).toBeUndefined();
  });

  it('orders any text as its bytes in UTF-8', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 6 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
      { numRuns: 500 },
    );
  });
});

describe('what a query answers', () => {
  const queried = (table: MemoryTable) =>
    (
      table.call('Query', {
        KeyConditionExpression: '#0 = :0',
        ExpressionAttributeNames: { '#0': 'pk' },
        ExpressionAttributeValues: { ':0': 'P' },
      }) as { readonly Items: readonly Record<string, unknown>[] }
    ).Items[0] ?? {};

  it('can be changed by nobody, nor does the table then hold something else', () => {
    const table = tableWith();
    put(table, 'A', { actor: { name: 'Ann' }, lines: ['one'] });
    const item = queried(table);
    expect(() => Object.assign(item, { more: 1 })).toThrow(TypeError);
    expect(() => Object.assign(item.actor as object, { name: 'Ben' })).toThrow(TypeError);
    expect(() => (item.lines as string[]).push('two')).toThrow(TypeError);
    expect(queried(table)).toEqual({ pk: 'P', sk: 'A', actor: { name: 'Ann' }, lines: ['one'] });
  });

  it('is a copy where it holds a set, which cannot be kept from changes', () => {
    const table = tableWith();
    put(table, 'A', { rooms: { all: new Set(['one']) } });
    (queried(table).rooms as { all: Set<string> }).all.add('two');
    expect(queried(table)).toEqual({ pk: 'P', sk: 'A', rooms: { all: new Set(['one']) } });
  });
});
