import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '../../../functions/edge/page-token.ts';
import { idOf, Refusal } from '../../../shared/kernel/index.ts';

const listing = { org: idOf('organisation', 0, 'a'), of: { list: 'incidents', state: 'open' } };
const position = fc.array(fc.string({ minLength: 1, maxLength: 100 }), { minLength: 1, maxLength: 8 });

describe('[F60] a cursor', () => {
  it('gives back its position, whatever that holds', () => {
    fc.assert(
      fc.property(position, (place) => {
        expect(readCursor(listing, writeCursor(listing, place))).toEqual(place);
      }),
    );
  });

  it('is refused for another organisation, another list and another filter', () => {
    const cursor = writeCursor(listing, ['x']);
    for (const other of [
      { ...listing, org: idOf('organisation', 0, 'b') },
      { ...listing, of: { ...listing.of, list: 'members' } },
      { ...listing, of: { ...listing.of, state: 'resolved' } },
      { ...listing, of: { ...listing.of, service: 'web' } },
    ]) {
      expect(() => readCursor(other, cursor)).toThrow(Refusal);
    }
  });

  it('does not depend on the order of the filters or on those that are absent', () => {
    const cursor = writeCursor(
      { org: listing.org, of: { state: 'open', service: undefined, list: 'incidents' } },
      ['x'],
    );
    expect(readCursor(listing, cursor)).toEqual(['x']);
  });

  it('that was made up is refused, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((t) => Buffer.from(t).toString('base64url')),
        ),
        (text) => {
          expect(() => readCursor(listing, text)).toThrow(Refusal);
        },
      ),
    );
  });

  it('[F12] with half of a character in its place is refused, as in all that comes in', () => {
    expect(() => readCursor(listing, writeCursor(listing, ['inc_1', '\ud83d']))).toThrow(Refusal);
  });
});
