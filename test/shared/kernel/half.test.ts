import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfIn } from '../../../shared/kernel/index.ts';

const any = fc.json().map((text): unknown => JSON.parse(text));

/** The value with another in place of what stands there. */
function withAt(value: unknown, path: readonly (string | number)[], put: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return put;
  const inner = withAt(Reflect.get(value as object, step), rest, put);
  return Array.isArray(value)
    ? value.with(Number(step), inner)
    : Object.fromEntries(Object.entries(value as object).map(([k, v]) => [k, k === step ? inner : v]));
}

function pathsIn(value: unknown): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [[]];
  const inside = Array.isArray(value) ? value.map((one, at) => [at, one] as const) : Object.entries(value);
  return [[], ...inside.flatMap(([step, one]) => pathsIn(one).map((path) => [step, ...path]))];
}

describe('[F13] half of a character', () => {
  it('is nowhere in what an encoder leaves as it is', () => {
    fc.assert(
      fc.property(any, (value) => {
        const text = JSON.stringify(value);
        expect(halfIn(value) === undefined).toBe(!/\\ud[89a-f]/.test(text));
      }),
    );
  });

  it('is found where it stands, however deep', () => {
    fc.assert(
      fc.property(any, fc.nat(), fc.constantFrom('\ud83d', 'a\ude00b', '\ude00\ud83d'), (value, n, half) => {
        const whole: unknown = JSON.parse(JSON.stringify(value).replaceAll(/\\ud[0-9a-f]{3}/g, '?'));
        const paths = pathsIn(whole);
        const path = paths[n % paths.length] ?? [];
        expect(halfIn(withAt(whole, path, half))).toEqual(path);
      }),
    );
  });

  it('is found in the name of a field, and behind more levels than a stack has', () => {
    expect(halfIn({ a: [{ '\ud800': 1 }] })).toEqual(['a', 0, '\ud800']);
    const deep = JSON.parse(`${'['.repeat(200_000)}"\\ud800"${']'.repeat(200_000)}`);
    expect(halfIn(deep)).toHaveLength(200_000);
    expect(halfIn({ a: '😀', b: [null, 1, 'x'] })).toBeUndefined();
  });
});
