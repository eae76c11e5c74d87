import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesIn, clipped, clippedWords, cut, linesOf, oneLine } from '../../../shared/kernel/index.ts';

const graphemesOf = (text: string): string[] =>
  [...new Intl.Segmenter('und').segment(text)].map(({ segment }) => segment);
const bytes = (text: string): number => Buffer.byteLength(text);
const family = '👨‍👩‍👧';
const pieces = [
  family,
  '👍🏽',
  'e\u0301',
  '🇩🇪',
  'a',
  '語',
  'ع',
  ' ',
  '\u202e',
  '\u2028',
  '\u0000',
  '\r\n',
  '\n',
  '\ud800',
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
);

it('the bytes of any text are those that an encoder makes of it, halves of pairs included', () => {
  fc.assert(fc.property(anyText, (text) => bytesIn(text) === bytes(text)));
});

describe('the start of a text', () => {
  it('[F14] never ends inside a grapheme', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 80 }), (text, max) => {
        const start = cut(text, max);
        expect(start.length).toBeLessThanOrEqual(max);
        const all = graphemesOf(text);
        const kept = graphemesOf(start);
        expect(all.slice(0, kept.length)).toEqual(kept);
      }),
      { numRuns: 500 },
    );
  });

  it('[F14] in so many bytes is whole characters and an ellipsis, or the text as it is', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 3, max: 80 }), (text, max) => {
        const short = clipped(text, max);
        expect(bytes(short)).toBeLessThanOrEqual(max);
        const words = clippedWords(text, max);
        expect(words.length).toBeLessThanOrEqual(short.length);
        expect(short.startsWith(words.replace(/…$/, ''))).toBe(true);
        if (bytes(text) <= max) expect(short).toBe(text);
        else {
          expect(short.endsWith('…')).toBe(true);
          const kept = graphemesOf(short.slice(0, -1));
          expect(graphemesOf(text).slice(0, kept.length)).toEqual(kept);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('uses the room that there is', () => {
    expect(clipped('abcdef', 6)).toBe('abcdef');
    expect(clipped('abcdefg', 6)).toBe('abc…');
    expect(clipped('語語語', 8)).toBe('語…');
    expect(clipped(`ab${family}`, 10)).toBe('ab…');
    expect(clippedWords('ask Ada before', 14)).toBe('ask Ada before');
    expect(clippedWords('ask Ada before', 13)).toBe('ask Ada…');
    expect(clippedWords('ask Ada before', 10)).toBe('ask Ada…');
    expect(clippedWords('ask Adalbert', 11)).toBe('ask Adal…');
  });
});

describe('text for people', () => {
  it('[F40] on one line has no line ends, no control characters and nothing that turns its direction', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(oneLine(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
        expect(oneLine(oneLine(text))).toBe(oneLine(text));
      }),
    );
    expect(oneLine(' a\r\nBcc: b\u202Ec ')).toBe('a Bcc: bc');
  });

  it('keeps its lines, without blank ones at the ends or two together', () => {
    expect(linesOf('\n\n one\r\ntwo\n \n\nthree\u2028four\n')).toEqual(['one', 'two', '', 'three', 'four']);
    expect(linesOf(' \n ')).toEqual([]);
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = linesOf(text);
        expect(linesOf(lines.join('\n'))).toEqual(lines);
        for (const line of lines) expect(oneLine(line)).toBe(line);
      }),
    );
  });
});
