import { afterEach, describe, expect, test } from 'vitest';
import { fleetLimit } from '../../../../infra/local/lambda/fleet.ts';
import { type OddFunctions, oddFunctions } from '../../../support/sample-stack/odd-function.ts';

let odd: OddFunctions | undefined;
afterEach(() => odd?.functions.stop());

const wait = (one: OddFunctions, id: string, milliseconds = 60) =>
  one.functions.invoke(id, { do: 'wait', milliseconds });

describe('the environments of all functions', () => {
  test('are at most 24', () => {
    expect(fleetLimit).toBe(24);
  });

  test('take one event each at a time: events at once get environments of their own, up to the limit of the function', async () => {
    odd = oddFunctions();
    odd.define('A', { concurrency: 2 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => wait(odd as OddFunctions, 'A')));
    expect(odd.functions.environments).toBe(2);
    // Each environment counts its own events; which of the two is free first is not said.
    const counts = answers.map((one) => (one.ok ? one.payload : one));
    expect(counts).toHaveLength(5);
    expect(counts.filter((count) => count === 1)).toHaveLength(2);
  });

  test('make room for others: the least recently used idle one goes first', async () => {
    odd = oddFunctions(2);
    for (const id of ['A', 'B', 'C']) odd.define(id);
    await wait(odd, 'A', 0);
    await wait(odd, 'B', 0);
    await wait(odd, 'A', 0);
    await wait(odd, 'C', 0);
    expect(odd.functions.environments).toBe(2);
    expect(await wait(odd, 'A', 0)).toEqual({ ok: true, payload: 3 });
    expect(await wait(odd, 'B', 0)).toEqual({ ok: true, payload: 1 });
  });

  test('are waited for when all are busy, by every function', async () => {
    odd = oddFunctions(2);
    for (const id of ['A', 'B', 'C']) odd.define(id);
    const all = ['A', 'B', 'C', 'A', 'C', 'B', 'B'].map((id) => wait(odd as OddFunctions, id, 10));
    expect((await Promise.all(all)).every((one) => one.ok)).toBe(true);
    expect(odd.functions.environments).toBeLessThanOrEqual(2);
  });
});
