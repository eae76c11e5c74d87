import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directed } from '../../../../shared/postmortems/pdf/direction.ts';

const parts = (text: string, whole?: 'ltr') =>
  directed([{ text }], whole).runs.map((run) => [run.text, run.direction]);

const CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Brackets and the like, whichever way they open. */
const open = (text: string) => text.replaceAll(/[^\p{L}\p{M}\p{N}\s]/gu, '?');

describe('the directions of a text', () => {
  it('leave a text alone that has no letter from right to left', () => {
    const runs = [{ text: 'a (b) \u202ec\u202c ' }, { text: '12 漢 é', bold: true }];
    expect(directed(runs)).toEqual({ runs, rightToLeft: false });
    expect(directed(runs).runs).toBe(runs);
  });

  it('cut it where they change, and turn brackets round', () => {
    expect(parts('a (אב 12) b')).toEqual([
      ['a (', 0],
      ['אב ', 1],
      ['12', 2],
      [') b', 0],
    ]);
    expect(parts('א (b)')).toEqual([
      ['א )', 1],
      ['b', 2],
      ['(', 1],
    ]);
  });

  it('are those of the first letter, where code has one of its own', () => {
    expect(directed([{ text: '12 - אב cd' }]).rightToLeft).toBe(true);
    expect(directed([{ text: 'ab אב' }]).rightToLeft).toBe(false);
    expect(directed([{ text: 'אב cd' }], 'ltr').rightToLeft).toBe(false);
    expect(directed([{ text: 'אב\nab' }])).toMatchObject({ rightToLeft: true });
  });

  it('go through looks and links', () => {
    const { runs } = directed([
      { text: 'אב ' },
      { text: 'גד 1', link: 'https://example.org/' },
      { text: '2' },
    ]);
    expect(runs).toEqual([
      { text: 'אב ', direction: 1 },
      { text: 'גד ', direction: 1, link: 'https://example.org/' },
      { text: '1', direction: 2, link: 'https://example.org/' },
      { text: '2', direction: 2 },
    ]);
  });

  it('take a letter in two units for what it is', () => {
    expect(parts('a אב 😀 גד b').map(([text]) => text)).toEqual(['a ', 'אב 😀 גד', ' b']);
  });

  it('lose no letter, whatever the text', () => {
    const letters = fc.oneof(
      fc.constantFrom(...'אבسلا١۲()[]«» \n\t\u200d\u200c\u05b7\u064b\u202b\u202e\u202c\u2067\u2069\ud800'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    const runs = fc.array(
      fc.array(letters).map((all) => ({ text: all.join('') })),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(runs, fc.constantFrom(undefined, 'ltr' as const), (given, whole) => {
        const { runs: cut } = directed(given, whole);
        const text = (all: readonly { readonly text: string }[]) => all.map((run) => run.text).join('');
        if (cut === given) return;
        expect(open(text(cut))).toBe(open(text(given).replaceAll(CONTROLS, '')));
      }),
      { numRuns: 500 },
    );
  });
});
