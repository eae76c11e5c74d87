import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { applyChange } from '../../../shared/war-room/document/check.ts';
import { cutUpdate } from '../../../shared/war-room/document/cut.ts';
import { documentLimits } from '../../../shared/war-room/document/limits.ts';
import {
  documentOf,
  joined,
  partsOf,
  stateOf,
  TEXT,
  textOf,
} from '../../../shared/war-room/document/text.ts';
import { changeOf, copyOf } from '../../support/document-copy.ts';

/** Takes the pieces one after another as the server does, each for itself. */
function taken(pieces: readonly Uint8Array[], base?: Uint8Array): string {
  const document = documentOf(base ? [base] : []);
  for (const piece of pieces) {
    expect(piece.length).toBeLessThanOrEqual(documentLimits.updateBytes);
    applyChange(document, piece);
  }
  return textOf(document);
}

describe('a change that is too large', () => {
  it('[WR22] is cut so that each piece is taken for itself: a long text', () => {
    const copy = copyOf(1);
    const change = changeOf(copy, (text) => text.insert(0, 'Ünïcødé 💥 '.repeat(9_000)));
    const pieces = cutUpdate(change);
    expect(pieces.length).toBeGreaterThan(5);
    expect(taken(pieces)).toBe(textOf(copy));
  });

  it('[WR22] is cut also when it is many small ones, made without a connection', () => {
    const base = stateOf(documentOf([changeOf(copyOf(9), (text) => text.insert(0, 'word '.repeat(500)))]));
    const copy = copyOf(1, base);
    const changes: Uint8Array[] = [];
    copy.on('update', (update: Uint8Array) => changes.push(update));
    const text = copy.getText(TEXT);
    for (let i = 0; i < 3_000; i++) {
      text.insert((i * 7_919) % text.length, `${i}`);
      if (i % 3 === 0) text.delete((i * 104_729) % (text.length - 2), 2);
    }
    const pieces = cutUpdate(Y.mergeUpdates(changes));
    expect(pieces.length).toBeGreaterThan(3);
    expect(taken(pieces, base)).toBe(text.toString());
  });

  it('is left as it is when it is small', () => {
    const change = changeOf(copyOf(1), (text) => text.insert(0, 'small'));
    expect(cutUpdate(change)).toEqual([change]);
  });

  it('never has a piece that ends inside of a character', () => {
    fc.assert(
      fc.property(fc.nat({ max: 3 }), (shift) => {
        const copy = copyOf(1);
        const change = changeOf(copy, (text) => text.insert(0, `${'x'.repeat(shift)}${'💥'.repeat(9_000)}`));
        expect(taken(cutUpdate(change))).toBe(textOf(copy));
      }),
      { numRuns: 4 },
    );
  });
});

it('[WR19] bytes in parts are the same bytes when they are put together', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.integer({ min: 1, max: 30 }), (bytes, most) => {
      const parts = partsOf(bytes, most);
      expect(parts.length).toBeGreaterThan(0);
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(most);
      expect(joined(parts)).toEqual(bytes);
    }),
  );
});
