import { describe, expect, it } from 'vitest';
import { allDone } from '../../../functions/aws/all-done.ts';

describe('work that goes on at the same time', () => {
  it('answers in its order, what is no promise too', async () => {
    const answers = await allDone([Promise.resolve('a'), 2, undefined]);
    expect(answers).toEqual(['a', 2, undefined]);
    expect(await allDone([])).toEqual([]);
  });

  it('is waited for after a part of it has failed', async () => {
    const { promise: slow, resolve } = Promise.withResolvers<void>();
    const fault = new Error('no');
    let over = false;
    const all = allDone([Promise.reject(fault), slow]).catch((thrown: unknown) => {
      over = true;
      return thrown;
    });
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(over).toBe(false);
    resolve();
    expect(await all).toBe(fault);
  });

  it('tells of every fault', async () => {
    const faults = [new Error('one'), new Error('two')];
    const thrown = await allDone([1, ...faults.map((fault) => Promise.reject(fault))]).catch(String);
    expect(thrown).toBe('AggregateError: 2 parts failed');
    await expect(allDone(faults.map((fault) => Promise.reject(fault)))).rejects.toMatchObject({
      errors: faults,
      cause: faults[0],
    });
  });
});
