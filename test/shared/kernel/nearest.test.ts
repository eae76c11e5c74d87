import { expect, it } from 'vitest';
import { didYouMean, nearest } from '../../../shared/kernel/index.ts';

it('a name that is not known is told with what was most likely meant, and with nothing that is far', () => {
  const known = ['payments', 'postgres', 'postgres-replica', 'search'];
  expect(didYouMean('postgress', known)).toBe("; did you mean 'postgres'?");
  expect(didYouMean('kafka', known)).toBe('');
  // Of two that are as near nobody knows which was meant.
  expect(didYouMean('rule-1', ['rule-2', 'rule-3'])).toBe('');
  expect(nearest('postgress', known, 2)).toEqual(['postgres', 'postgres-replica']);
});
