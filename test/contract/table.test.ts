import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '../../functions/aws/table.ts';
import { Refusal } from '../../shared/kernel/index.ts';
import { tableTarget } from '../support/contract.ts';

interface Row {
  readonly version?: number;
  readonly n?: number;
  readonly title?: string;
  readonly members?: ReadonlySet<string>;
}

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await tableTarget();
});
afterAll(() => engine.stop());

const run = randomUUID();
let next = 0;
/** A partition that no other test uses. */
const fresh = (): string => `O#contract#${run}#${next++}`;

describe('single items', () => {
  it('puts a new item once', async () => {
    const key = { pk: fresh(), sk: 'A' };
    expect(await table.putNew({ ...key, title: 'first' })).toBe(true);
    expect(await table.putNew({ ...key, title: 'second' })).toBe(false);
    expect(await table.get<Row>(key)).toEqual({ ...key, title: 'first' });
  });

  it('lets exactly one of twenty writers put a new item', async () => {
    const key = { pk: fresh(), sk: 'A' };
    const won = await Promise.all(Array.from({ length: 20 }, (_, n) => table.putNew({ ...key, n })));
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it('[F61] lets one of two updates of the same version through', async () => {
    const key = { pk: fresh(), sk: 'HEAD' };
    await table.put({ ...key, version: 1, title: 'a' });
    const update = (title: string) => table.update<Row>(key, { set: { title }, ifVersion: 1 });
    const results = await Promise.all([update('b'), update('c')]);
    expect(results.filter((row) => row !== undefined)).toHaveLength(1);
    expect((await table.get<Row>(key))?.version).toBe(2);
  });

  it('adds to a counter without losing any of fifty parallel additions', async () => {
    const key = { pk: fresh(), sk: 'SEQ' };
    const numbers = await Promise.all(Array.from({ length: 50 }, () => table.add(key, 'last', 1)));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  it('adds members to a set and removes attributes', async () => {
    const key = { pk: fresh(), sk: 'S' };
    await table.update(key, { add: { members: new Set(['a', 'b']) }, set: { title: 'x', n: undefined } });
    const row = await table.update<Row>(key, { add: { members: new Set(['b', 'c']) }, unset: ['title'] });
    expect(row).toEqual({ ...key, members: new Set(['a', 'b', 'c']) });
  });

  it('keeps attributes whose names are reserved words', async () => {
    const key = { pk: fresh(), sk: 'A' };
    const row = await table.update(key, { set: { status: 'x', name: 'y', data: 'z', ttl: 1 } });
    expect(row).toEqual({ ...key, status: 'x', name: 'y', data: 'z', ttl: 1 });
  });

  it('takes any of several conditions', async () => {
    const key = { pk: fresh(), sk: 'P' };
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
    const key = { pk: fresh(), sk: 'TICKET' };
    await table.put({ ...key, title: 'once' });
    const taken = await Promise.all(Array.from({ length: 10 }, () => table.remove<Row>(key)));
    expect(taken.filter((row) => row?.title === 'once')).toHaveLength(1);
  });

  it('does not remove what its guard protects', async () => {
    const key = { pk: fresh(), sk: 'TICKET' };
    await table.put({ ...key, expiresAt: 5 });
    expect(await table.remove(key, { if: { expiresAt: { atLeast: 6 } } })).toBeUndefined();
    expect(await table.remove(key, { if: { expiresAt: { atLeast: 5 } } })).toMatchObject({ expiresAt: 5 });
  });
});

describe('load', () => {
  it('gives 250 items in the order of their keys, also when keys repeat or are missing', async () => {
    const pk = fresh();
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

describe('query', () => {
  it('reads all pages, whatever their size, forwards and backwards', async () => {
    const pk = fresh();
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
    const pk = fresh();
    for (let n = 0; n < 6; n++) await table.put({ pk, sk: `F#${n}` });
    const first = await table.query({ partition: pk, limit: 3 });
    const second = await table.query({ partition: pk, limit: 3, ...(first.next && { after: first.next }) });
    expect([...first.items, ...second.items].map(({ sk }) => sk)).toEqual(
      [0, 1, 2, 3, 4, 5].map((n) => `F#${n}`),
    );
    expect(second.next).toBeUndefined();
  });

  it('reads a prefix and inclusive bounds', async () => {
    const pk = fresh();
    for (const sk of ['F#1', 'F#2', 'F#3', 'HEAD', 'M#1']) await table.put({ pk, sk });
    const sorts = async (range: object) =>
      (await table.query({ partition: pk, ...range })).items.map(({ sk }) => sk);
    expect(await sorts({ prefix: 'F#' })).toEqual(['F#1', 'F#2', 'F#3']);
    expect(await sorts({ from: 'F#2', to: 'HEAD' })).toEqual(['F#2', 'F#3', 'HEAD']);
    expect(await sorts({ from: 'HEAD' })).toEqual(['HEAD', 'M#1']);
    expect(await sorts({ to: 'F#1' })).toEqual(['F#1']);
  });

  it('pages through an index', async () => {
    const gsi1pk = fresh();
    for (let n = 0; n < 5; n++) {
      await table.put({ pk: fresh(), sk: 'HEAD', gsi1pk, gsi1sk: `${n}`, n });
    }
    const first = await table.query<Row>({ partition: gsi1pk, index: 'gsi1', limit: 2, backwards: true });
    const after = first.next ?? [];
    const rest = await table.query<Row>({ partition: gsi1pk, index: 'gsi1', backwards: true, after });
    expect([...first.items, ...rest.items].map(({ n }) => n)).toEqual([4, 3, 2, 1, 0]);
  });

  it('[F60] refuses a position that lies outside the range', async () => {
    const pk = fresh();
    for (const after of [['HEAD'], [], ['F#1', 'x'], ['']]) {
      await expect(table.query({ partition: pk, prefix: 'F#', after })).rejects.toThrow(Refusal);
    }
  });
});

describe('transact', () => {
  it('commits puts, updates, deletes and checks together', async () => {
    const pk = fresh();
    await table.put({ pk, sk: 'HEAD', version: 3 });
    await table.put({ pk, sk: 'OLD' });
    const result = await table.transact([
      { update: { pk, sk: 'HEAD' }, set: { title: 'x' }, ifVersion: 3 },
      { put: { pk, sk: 'F#1' }, ifNew: true },
      { delete: { pk, sk: 'OLD' } },
      { check: { pk, sk: 'ABSENT' }, ifNew: true },
    ]);
    expect(result).toEqual({ committed: true });
    const rows = await table.load<Row>(['HEAD', 'F#1', 'OLD'].map((sk) => ({ pk, sk })));
    expect(rows).toEqual([{ pk, sk: 'HEAD', version: 4, title: 'x' }, { pk, sk: 'F#1' }, undefined]);
  });

  it('writes nothing when one condition fails, and says at which place', async () => {
    const pk = fresh();
    await table.put({ pk, sk: 'HEAD', version: 2 });
    const result = await table.transact([
      { put: { pk, sk: 'F#1' }, ifNew: true },
      { put: { pk, sk: 'HEAD', version: 2 }, ifVersion: 1 },
    ]);
    expect(result).toEqual({ committed: false, reasons: [undefined, 'ConditionalCheckFailed'] });
    expect(await table.get({ pk, sk: 'F#1' })).toBeUndefined();
  });

  it('refuses more than 60 writes before asking', async () => {
    const pk = fresh();
    const writes = Array.from({ length: 61 }, (_, n) => ({ put: { pk, sk: `A#${n}` } }));
    await expect(table.transact(writes)).rejects.toThrow('at most 60');
    expect((await table.query({ partition: pk })).items).toEqual([]);
  });

  it('does nothing for an empty list', async () => {
    expect(await table.transact([])).toEqual({ committed: true });
  });
});
