import { describe, expect, it } from 'vitest';
import { isRecord, recordOf } from '../../../shared/kernel/index.ts';

describe('a parsed JSON value', () => {
  it.each([
    [{}, true],
    [{ a: 1 }, true],
    [[], false],
    [null, false],
    ['{}', false],
    [1, false],
    [undefined, false],
  ])('%j is an object: %s', (value, is) => {
    expect(isRecord(value)).toBe(is);
    expect(recordOf(value)).toEqual(is ? value : {});
  });
});
