import { describe, expect, it } from 'vitest';
import { becauseOf, fromOutside } from '../../../shared/kernel/index.ts';

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
});
