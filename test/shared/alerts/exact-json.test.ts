import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactly } from '../../../shared/alerts/index.ts';

describe('JSON that is read exactly', () => {
  it.each([
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740993', '9007199254740993'],
    ['-1502709956288000110', '-1502709956288000110'],
    ['1e400', '1e400'],
    ['1e+300', '1e+300'],
    ['"1502709956288000110"', '1502709956288000110'],
    ['0.1234567890123456789', 0.123_456_789_012_345_68],
  ])('has the number %s as %j', (text, value) => {
    expect(parseExactly(`{"a":[${text}]}`)).toEqual({ a: [value] });
  });

  it('[F12] never makes one of two whole numbers that are written differently', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (one, other) => {
        expect(parseExactly(`${one}`) === parseExactly(`${other}`)).toBe(one === other);
      }),
    );
  });

  it('is what JSON.parse makes of it, where no number is long', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16}|[eE]\+?\d{3}/.test(text));
        expect(parseExactly(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('changes no prototype by names that come in, and throws where a text is no JSON', () => {
    const read = parseExactly('{"__proto__":{"polluted":1502709956288000110}}');
    expect(Object.keys(read as object)).toEqual(['__proto__']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(() => parseExactly('{"a":1502709956288000110')).toThrow(SyntaxError);
  });
});
