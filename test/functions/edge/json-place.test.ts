import fc from 'fast-check';
import { expect, it } from 'vitest';
import { brokenAt } from '../../../functions/edge/json-place.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

it('finds a broken place exactly where JSON.parse fails, whatever the text', () => {
  const almost = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '{', ']', '"', '\\', '0', '.', 'e'))
    .map(
      ([json, at, extra]) =>
        json.slice(0, at % (json.length + 1)) + extra + json.slice((at % (json.length + 1)) + 1),
    );
  fc.assert(
    fc.property(fc.oneof(fc.json(), almost, fc.string()), (text) => {
      const at = brokenAt(text);
      expect(at === undefined).toBe(isJson(text));
      if (at !== undefined) expect(at >= 0 && at <= text.length).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it('stays fast on 100,000 open brackets and on a string of 1 MB', () => {
  expect(brokenAt('['.repeat(100_000))).toBe(100_000);
  expect(brokenAt(`"${'a'.repeat(1_000_000)}`)).toBe(0);
});

it.each([
  ['{"a":1,}', 7],
  ['{"a" 1}', 5],
  ['[1 2]', 3],
  ['{"a":nul}', 5],
  ['', 0],
  ['{"a":1}}', 7],
  ['[}', 1],
  ["{'a':1}", 1],
  ['01', 1],
])('points into %s at %i', (text, at) => {
  expect(brokenAt(text)).toBe(at);
});
