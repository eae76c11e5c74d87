import { describe, expect, it } from 'vitest';
import { becauseOf, causeIn, fromOutside, isTooDeep } from '../../../shared/kernel/index.ts';

describe('why a fact came to be', () => {
  it('is something outside, the first link of its chain', () => {
    expect(fromOutside('receipt-1')).toEqual({ id: 'receipt-1', depth: 1 });
  });

  it('is the fact before it, one link on', () => {
    const first = { id: 'fct_1', cause: fromOutside('receipt-1') };
    expect(becauseOf(first)).toEqual({ id: 'fct_1', depth: 2 });
    expect(becauseOf({ id: 'fct_2', cause: becauseOf(first) })).toEqual({ id: 'fct_2', depth: 3 });
  });

  it('is counted from the fact before it, where a version before did not say what that was because of', () => {
    expect(becauseOf({ id: 'fct_1' })).toEqual({ id: 'fct_1', depth: 1 });
  });

  it('is taken from a message only where it has the form of one', () => {
    expect(causeIn({ id: 'fct_1', depth: 2, more: true })).toEqual({ id: 'fct_1', depth: 2 });
    for (const other of [undefined, null, 'fct_1', {}, { id: 'fct_1' }, { id: 1, depth: 1 }])
      expect(causeIn(other)).toBeUndefined();
    for (const depth of [0, -1, 1.5, '1', null]) expect(causeIn({ id: 'fct_1', depth })).toBeUndefined();
  });

  it('is too far away from the ninth link on', () => {
    expect(
      [undefined, 1, 8, 9].map((depth) => isTooDeep(depth ? { cause: { id: 'x', depth } } : {})),
    ).toEqual([false, false, false, true]);
  });
});
