import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholeNumbers } from './whole-numbers.ts';

const bounds = { runs: [1, 100], seed: [0, 9] } as const;

describe('Options that are whole numbers', () => {
  it('are read, and left out when they were not given', () =>
    expect(wholeNumbers({ runs: '12', seed: undefined }, bounds)).toEqual({ runs: 12 }));

  it('are refused all at once, with what was got and what is allowed', () =>
    expect(() => wholeNumbers({ runs: '0', seed: 'x' }, bounds)).toThrow(
      "--runs: got '0', allowed is a whole number from 1 to 100\n--seed: got 'x', allowed is a whole number from 0 to 9",
    ));

  it('are either within their bounds or refused', () => {
    const some = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String));
    return fc.assert(
      fc.property(some, (runs) => {
        let read: number | undefined;
        try {
          ({ runs: read } = wholeNumbers({ runs }, bounds));
        } catch (fault) {
          expect(String(fault)).toContain(`--runs: got '${runs}'`);
          return;
        }
        expect(read).toBe(Number(runs));
        expect(Number.isInteger(read) && Number(read) >= 1 && Number(read) <= 100).toBe(true);
      }),
    );
  });
});
