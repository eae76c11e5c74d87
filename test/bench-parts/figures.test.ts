import { describe, expect, test } from 'vitest';
import { callChain } from '../bench/call-chain.ts';
import { figure, median, percentile, ratio, textTable } from '../bench/figures.ts';

describe('figures of a bench', () => {
  test('a percentile is a value that was measured, whatever the order', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([0, 0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 50, 99, 100]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('the median of two is the lower one', () => {
    expect(median([9, 3])).toBe(3);
  });

  test('figures have about three digits', () => {
    expect([0.123, 1.234, 12.34, 123.4].map(figure)).toEqual(['0.12', '1.23', '12.3', '123']);
    expect(ratio(9, 2)).toBe('4.50×');
  });

  test('a table has its figures to the right', () => {
    expect(
      textTable(
        ['', 'ms'],
        [
          ['empty', '35.0'],
          ['x', '7.00'],
        ],
      ),
    ).toBe('           ms\n  empty  35.0\n  x      7.00');
  });
});

describe('calls one after another', () => {
  const call = (operation: string, begun: number, ended: number) => ({
    ...{ function: 'Detect', operation, begun, ended },
  });

  test('what overlaps counts once', () => {
    const calls = [call('load', 0, 2), call('keep', 0, 5), call('record', 3, 6), call('send', 7, 8)];
    expect(callChain(calls)).toEqual(['load', 'record', 'send']);
  });

  test('calls of one operation are one step', () => {
    const calls = [call('record', 0, 2), call('record', 3, 6), call('send', 4, 5), call('send', 6, 8)];
    expect(callChain(calls)).toHaveLength(1);
  });
});
