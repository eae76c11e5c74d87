import bidiFactory from 'bidi-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directed } from '../../../../shared/postmortems/pdf/direction.ts';
import { visualWords, type Word } from '../../../../shared/postmortems/pdf/line.ts';

const bidi = bidiFactory();

/** Text of letters, digits, brackets and spaces of both directions. */
const mixed = fc.string({ unit: fc.constantFrom(...'abאבגس١۲12()[]., -') });

const word = (text: string, more: Partial<Word> = {}): Word => ({
  ...{ text, x: 0, width: text.length, leadingCut: 0, trailingCut: text.length - text.trimEnd().length },
  ...more,
});

/** A text as a line that each letter of which is a word of its own. */
const letters = (text: string, whole?: 'ltr'): readonly Word[] =>
  directed([{ text }], whole).runs.flatMap((run) =>
    [...run.text].map((letter) => word(letter, { trailingCut: 0, direction: run.direction ?? 0 })),
  );

describe('the words of a line', () => {
  it('stay as they are, the same array, when nothing is read from right to left', () => {
    const words = [word('a '), word('b', { direction: 0 })];
    expect(visualWords(words)).toBe(words);
  });

  it('take the places of the Unicode Bidirectional Algorithm, whatever they are', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        const kept = text.trimEnd();
        const expected = bidi.getReorderedString(kept, bidi.getEmbeddingLevels(kept));
        expect(
          visualWords(letters(kept))
            .map((one) => one.text)
            .join(''),
        ).toBe(expected);
      }),
    );
  });

  it('touch one another, and none is lost', () => {
    const direction = fc.integer({ min: 0, max: 4 });
    const words = fc.array(
      fc.tuple(mixed, direction).map(([text, depth]) => word(text, { direction: depth })),
    );
    fc.assert(
      fc.property(words, (given) => {
        const shown = visualWords(given);
        let x = 0;
        for (const one of shown) {
          if (shown !== given) expect(one.x).toBe(x);
          x += one.width;
        }
        const sorted = (all: readonly Word[]) =>
          all.flatMap(({ text }) => [...text.replaceAll(/[\u00a0 ]/g, '')]).toSorted();
        expect(sorted(shown)).toEqual(sorted(given));
      }),
    );
  });

  it('end where the place of the line ends when they are on its right, without the spaces at its end', () => {
    const more = { direction: 1, alignment: 'right' };
    const shown = visualWords([word('אב ', more), word('גד ', more), word(' ', { ...more, leadingCut: 1 })]);
    expect(shown.map(({ text, x, width }) => [text, x, width])).toEqual([
      ['גד', 1, 2],
      ['אב ', 3, 3],
    ]);
  });

  it('are given to the font so that it draws them in their direction', () => {
    const drawn = (text: string, direction: number) =>
      visualWords([word('א', { direction: 1 }), word(text, { direction })])
        .map((one) => one.text)
        .find((one) => one !== 'א');
    expect(drawn('-("', 1)).toBe('"(-');
    expect(drawn('12', 2)).toBe('12');
    expect(drawn('۱۲', 2)).toBe('۲۱');
    expect(drawn('ב  ג', 1)).toBe('ב\u00a0\u00a0ג');
    expect(drawn('▯e\u0301', 1)).toBe('e\u0301▯');
  });
});
