import { describe, expect, test } from 'vitest';
import { until } from '../../frontend/time/age.ts';
import { MINUTE } from '../../shared/kernel/time.ts';

describe('what is planned', () => {
  test.each([
    [5 * MINUTE, 'in 5 min'],
    [30_001, 'in 31 s'],
    [1, 'in 1 s'],
    [0, 'now'],
    [-59_000, 'now'],
    [-3 * MINUTE, '3 min overdue'],
  ])('due %i ms from now is %s', (ahead, words) => {
    expect(until(1_000_000 + ahead, 1_000_000)).toBe(words);
  });
});
