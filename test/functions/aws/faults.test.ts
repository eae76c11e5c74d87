import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { table } from '../../../functions/aws/table.ts';
import type { EngineCall } from '../../../infra/local/proxy/call.ts';
import type { Fault } from '../../../infra/local/proxy/fault.ts';
import { calm } from '../../support/order/disturbance.ts';
import { type FaultyTable, startFaultyTable } from '../../support/order/faulty-table.ts';

let engine: FaultyTable;
let calls: EngineCall[] = [];
let keys = 0;

beforeAll(async () => {
  engine = await startFaultyTable();
});
afterAll(() => engine.stop());
afterEach(() => {
  engine.disturb(calm);
  vi.restoreAllMocks();
});

/** These befall the next calls, one each; then nothing. */
function next(...faults: readonly Fault[]): void {
  const waiting = [...faults];
  calls = [];
  const befalls = (call: EngineCall) => {
    calls.push(call);
    return waiting.shift();
  };
  engine.disturb({ ...calm, befalls });
}

const times = (count: number, fault: Fault): readonly Fault[] => Array.from({ length: count }, () => fault);
const fresh = () => ({ pk: `O#org_F#K#${++keys}`, sk: 'K' });

/** Each operation of the adapter, and what it gives on an item `{ n: 1 }`. */
const operations = {
  get: async () => (await table.get<{ n: number }>(await stored()))?.n,
  load: async () => (await table.load<{ n: number }>([await stored()]))[0]?.n,
  query: async () => (await table.query<{ n: number }>({ partition: (await stored()).pk })).items[0]?.n,
  put: async () => ((await table.put({ ...fresh(), n: 1 })) ? 1 : 0),
  update: async () => (await table.update<{ n: number }>(await stored(), { set: { n: 1 } }))?.n,
  remove: async () => (await table.remove<{ n: number }>(await stored()))?.n,
  transact: async () => ((await table.transact([{ put: { ...fresh(), n: 1 } }])).committed ? 1 : 0),
};

/** An item that is there before the faults begin. */
async function stored() {
  const key = fresh();
  engine.disturb(calm);
  await table.put({ ...key, n: 1 });
  next(...faultsToCome);
  return key;
}
let faultsToCome: readonly Fault[] = [];

async function under(faults: readonly Fault[], operation: () => Promise<unknown>): Promise<unknown> {
  faultsToCome = faults;
  next(...faults);
  return operation();
}

describe('[F25] every operation on the table', () => {
  const each = Object.entries(operations);

  it.each(each)(
    '[C5] %s outlasts five throttles in a row, waiting longer and longer by chance',
    async (_, run) => {
      const pauses: number[] = [];
      vi.spyOn(clock, 'pause').mockImplementation(async (duration) => void pauses.push(duration));
      expect(await under(times(5, { kind: 'throttle' }), run)).toBe(1);
      expect(calls).toHaveLength(6);
      expect(pauses).toHaveLength(5);
      for (const [i, pause] of pauses.entries()) {
        expect(pause).toBeGreaterThanOrEqual(0);
        expect(pause).toBeLessThan(50 * 2 ** i);
      }
      expect(new Set(pauses).size).toBe(5);
    },
  );

  it.each(each)('%s outlasts a fault of the table that did nothing', async (_, run) => {
    expect(await under([{ kind: 'internal-error', done: false }], run)).toBe(1);
    expect(calls).toHaveLength(2);
  });

  it.each(each)('%s gives up at last with the reason, and says nothing that is not so', async (_, run) => {
    await expect(under(times(50, { kind: 'throttle' }), run)).rejects.toThrow(/exceeded/);
    expect(calls.length).toBeLessThan(10);
  });

  it.each(['put', 'update', 'remove'] as const)('%s waits for a transaction that it meets', async (name) => {
    expect(await under(times(2, { kind: 'conflict' }), operations[name])).toBe(1);
    expect(calls).toHaveLength(3);
  });
});

describe('[F25] a transaction', () => {
  it('that meets another one is a value, after which its writer reads and decides again', async () => {
    next({ kind: 'conflict' });
    const result = await table.transact([{ put: { ...fresh(), n: 1 } }, { put: { ...fresh(), n: 1 } }]);
    expect(result).toEqual({ committed: false, reasons: ['TransactionConflict', undefined] });
    expect(calls).toHaveLength(1);
  });

  it.each([{ kind: 'lose-answer' }, { kind: 'internal-error', done: true }] as const)(
    'whose answer is lost ($kind) is done once, whatever is said of it',
    async (fault) => {
      const key = fresh();
      next(fault);
      await table.transact([{ put: { ...key, n: 1 }, ifNew: true }]);
      expect((await table.get<{ n: number }>(key))?.n).toBe(1);
    },
  );
});

describe('[F25] what cannot be mended by trying again', () => {
  it('a condition that does not hold is a value, and is not tried again', async () => {
    const key = fresh();
    await table.put(key);
    next();
    expect(await table.putNew(key)).toBe(false);
    expect(calls).toHaveLength(1);
  });

  it('an item above 400 KB is refused aloud, and nothing is stored in its place', async () => {
    const key = fresh();
    next();
    await expect(table.put({ ...key, body: 'x'.repeat(401 * 1024) })).rejects.toThrow(/size/);
    expect(calls).toHaveLength(1);
    expect(await table.get(key)).toBeUndefined();
  });
});

describe('[F26] what the table does in parts', () => {
  it('of 250 keys it leaves half unread three times over, and all are given in their order', async () => {
    const items = Array.from({ length: 250 }, (_, n) => ({ ...fresh(), n }));
    for (let i = 0; i < items.length; i += 50)
      await table.transact(items.slice(i, i + 50).map((put) => ({ put })));
    next(...times(9, { kind: 'part' }));
    const rows = await table.load<{ n: number }>(items);
    expect(rows.map((row) => row?.n)).toEqual(items.map(({ n }) => n));
    expect(calls.length).toBeGreaterThanOrEqual(12);
  });

  it('keys that it never reads are a fault, not items that are not there', async () => {
    const key = fresh();
    await table.put(key);
    next(...times(50, { kind: 'part' }));
    await expect(table.load([key])).rejects.toThrow('still fails');
  });

  it('a query that needs three pages gives them all, in order', async () => {
    const { pk } = fresh();
    const rows = Array.from({ length: 8 }, (_, i) => ({ pk, sk: `S#${i}`, body: 'x'.repeat(300_000) }));
    for (const row of rows) await table.put(row);
    next();
    const { items } = await table.query({ partition: pk });
    expect(items.map(({ sk }) => sk)).toEqual(rows.map(({ sk }) => sk));
    expect(calls.length).toBeGreaterThanOrEqual(3);
  });
});
