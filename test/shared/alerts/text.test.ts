import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composed, folded, line, paragraph } from '../../../shared/alerts/text.ts';

const graphemesOf = (text: string): string[] =>
  [...new Intl.Segmenter('und').segment(text)].map(({ segment }) => segment);
const family = '👨‍👩‍👧';
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(family, '👍🏽', 'e\u0301', '🇩🇪', 'a', '\u202e', '\u200b', '\u0000', '\r\n', '\ud800'),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

describe('shortening', () => {
  it('[F14] an emoji of many parts is kept whole or not at all', () => {
    expect(line(`ab${family}`, 4)).toEqual({ text: 'ab…', clipped: true });
    expect(line(`ab${family}`, 10)).toEqual({ text: `ab${family}`, clipped: false });
    expect(line(`a${'\u0301'.repeat(500)}`, 10)).toEqual({ text: '…', clipped: true });
  });

  it('keeps to the limit, says when it clipped, and leaves no lone half of a pair or character that a queue refuses', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, max) => {
        for (const short of [line(text, max), paragraph(text, max)]) {
          expect(short.text.length).toBeLessThanOrEqual(max);
          expect(short.text.isWellFormed()).toBe(true);
          expect(short.text).not.toMatch(/[\uFFFE\uFFFF]/);
          if (text.length <= max) expect(short.clipped).toBe(false);
          if (graphemesOf(text.trim()).length > 4 * max) expect(short.clipped).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('[F12] a line has no line breaks and no control characters; a paragraph keeps them', () => {
    expect(line(' a\r\n\tb\u0000c ', 20).text).toBe('a b c');
    expect(paragraph(' a\nb\u0000c ', 20).text).toBe('a\nb\u0000c');
    expect(line('a\ud800b\uffff', 20).text).toBe('a\ufffdb\ufffd');
  });
});

describe('comparing', () => {
  it('[F19] composed form, case and space do not count', () => {
    expect(folded(' Café  au\tLait ')).toBe(folded('CAFE\u0301 AU LAIT'));
    expect(folded('STRASSE')).toBe(folded('straße'));
    expect(folded('ΟΔΟΣ')).toBe(folded('οδος'));
  });

  it('comparing what was compared changes nothing', () => {
    fc.assert(fc.property(anyText, (text) => folded(folded(text)) === folded(text)));
  });

  it('[F11] a run of combining marks does not cost more than its length', () => {
    const marks = `a${'\u0301\u0316'.repeat(250_000)}`;
    const began = performance.now();
    expect(composed(marks)).toBe(marks);
    expect(folded(marks)).toBe(marks);
    line(marks, 250);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
