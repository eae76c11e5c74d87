import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdKind, idOf, idPrefixes, isId, timeOfId } from '../../../shared/kernel/index.ts';

const kinds = Object.keys(idPrefixes) as IdKind[];
const kind = fc.constantFrom(...kinds);
/** As far as ten letters of five bits reach: the year 10889. */
const at = fc.integer({ min: 0, max: 2 ** 48 - 1 });

describe('an id', () => {
  it('says what it is, is recognised as that and nothing else, and carries its time', () => {
    fc.assert(
      fc.property(kind, at, fc.string(), (of, time, seed) => {
        const id = idOf(of, time, seed);
        expect(id.startsWith(`${idPrefixes[of]}_`)).toBe(true);
        expect(kinds.filter((each) => isId(each, id))).toEqual([of]);
        expect(timeOfId(id)).toBe(time);
      }),
    );
  });

  it('is the same for the same facts on every worker, and another for any other', () => {
    fc.assert(
      fc.property(kind, at, fc.array(fc.string()), fc.array(fc.string()), (of, time, one, other) => {
        expect(idOf(of, time, ...one)).toBe(idOf(of, time, ...one));
        fc.pre(
          JSON.stringify(one.map((part) => part.toWellFormed())) !==
            JSON.stringify(other.map((part) => part.toWellFormed())),
        );
        expect(idOf(of, time, ...one)).not.toBe(idOf(of, time, ...other));
      }),
    );
  });

  it('sorts by its time', () => {
    fc.assert(
      fc.property(kind, at, at, fc.string(), fc.string(), (of, one, other, a, b) => {
        fc.pre(one !== other);
        expect(idOf(of, one, a) < idOf(of, other, b)).toBe(one < other);
      }),
    );
  });

  it.each([
    '../x',
    '%2e%2e',
    'INC#1#2',
    'inc_',
    `inc_${'A'.repeat(10_240)}`,
    'inc_\u{1f600}',
    'constructor',
    '',
    'inc_01ARZ3NDEKTSV4RRFFQ69G5FAU',
  ])('[F59] %s is none', (text) => {
    expect(kinds.some((each) => isId(each, text))).toBe(false);
  });

  it('[F59] no text with a character outside its alphabet is one', () => {
    const good = idOf('incident', 0, 'x');
    fc.assert(
      fc.property(
        fc.nat({ max: good.length - 1 }),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
        (place, other) => {
          const text = good.slice(0, place) + other + good.slice(place + 1);
          const alphabet = /^inc_[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text) && !text.includes('\n');
          expect(isId('incident', text)).toBe(alphabet);
        },
      ),
      { numRuns: 200 },
    );
  });
});
