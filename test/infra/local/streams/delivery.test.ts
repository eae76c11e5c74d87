import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InvocationResult } from '../../../../infra/local/resource.ts';
import { type DeliveryPolicy, deliver } from '../../../../infra/local/streams/delivery.ts';
import type { StreamRecord } from '../../../../infra/local/streams/record.ts';

const record = (sequence: number) =>
  ({ dynamodb: { SequenceNumber: String(sequence) } }) as unknown as StreamRecord;
const numbers = (records: readonly StreamRecord[]) =>
  records.map((one) => Number(one.dynamodb.SequenceNumber));
const failed: InvocationResult = { ok: false, errorType: 'Error', errorMessage: 'poison' };

/** Delivers 0 … length-1 to a function that refuses some, and tells what it saw. */
async function run(length: number, poison: ReadonlySet<number>, policy: DeliveryPolicy, report = false) {
  const calls: number[][] = [];
  const lost: number[] = [];
  await deliver(
    Array.from({ length }, (_, index) => record(index)),
    policy,
    {
      async invoke(records) {
        const batch = numbers(records);
        calls.push(batch);
        const bad = batch.find((one) => poison.has(one));
        if (bad === undefined) return { ok: true, payload: null };
        return report
          ? { ok: true, payload: { batchItemFailures: [{ itemIdentifier: String(bad) }] } }
          : failed;
      },
      giveUp: async (records) => void lost.push(...numbers(records)),
      stopped: () => false,
    },
  );
  return { calls, lost };
}

const policy: DeliveryPolicy = { bisect: true, retries: 2, reportsItemFailures: false };

describe('the delivery of a batch of stream records', () => {
  test('hands over a batch once when it succeeds', async () => {
    expect(await run(3, new Set(), policy)).toEqual({ calls: [[0, 1, 2]], lost: [] });
  });

  test('halves a failing batch until the poison stands alone, retries that, and gives it up', async () => {
    const { calls, lost } = await run(4, new Set([2]), policy);
    expect(calls).toEqual([[0, 1, 2, 3], [0, 1], [2, 3], [2], [2], [2], [3]]);
    expect(lost).toEqual([2]);
  });

  test('without halving, retries the whole batch and gives all of it up', async () => {
    const { calls, lost } = await run(2, new Set([1]), { ...policy, bisect: false });
    expect(calls).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(lost).toEqual([0, 1]);
  });

  test('goes on at the record that a partial answer names', async () => {
    const { calls, lost } = await run(3, new Set([1]), { ...policy, reportsItemFailures: true }, true);
    expect(calls).toEqual([[0, 1, 2], [1, 2], [1], [1], [1], [2]]);
    expect(lost).toEqual([1]);
  });

  test('takes an answer that names an unknown record as a failure of the whole batch', async () => {
    let calls = 0;
    const lost: number[] = [];
    await deliver(
      [record(5)],
      { bisect: false, retries: 0, reportsItemFailures: true },
      {
        async invoke() {
          calls += 1;
          return { ok: true, payload: { batchItemFailures: [{ itemIdentifier: 'unknown' }] } };
        },
        giveUp: async (records) => void lost.push(...numbers(records)),
        stopped: () => false,
      },
    );
    expect({ calls, lost }).toEqual({ calls: 1, lost: [5] });
  });

  test('every record is delivered or given up, exactly the poison is given up, and nothing overtakes', async () => {
    const lengths = fc.integer({ min: 1, max: 12 });
    await fc.assert(
      fc.asyncProperty(
        lengths,
        fc.uniqueArray(fc.nat({ max: 11 }), { maxLength: 3 }),
        fc.boolean(),
        async (length, bad, report) => {
          const poison = new Set(bad.filter((one) => one < length));
          const { calls, lost } = await run(
            length,
            poison,
            { bisect: true, retries: 0, reportsItemFailures: report },
            report,
          );
          expect(lost).toEqual([...poison].sort((a, b) => a - b));
          const firsts = [...new Set(calls.filter((batch) => !batch.some((one) => poison.has(one))).flat())];
          expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
          expect(firsts.every((one) => !poison.has(one))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
