import { areApart, type Characters, charactersWhere, classSource, isIn, union } from './characters.ts';
import type { Piece, PlainPattern } from './plain-pattern.ts';

/** What may be tried at one place of a text at most, in characters and ways: what is above it, the engine is asked. */
const MOST_TRIED = 512;

type Class = Extract<Piece, { readonly is: 'class' }>;

const endlessOf = (piece: Piece): readonly Class[] =>
  piece.is === 'class' && piece.most === Number.POSITIVE_INFINITY ? [piece] : [];

/**
 * A pattern for V8, which tries one way after the other, where that takes no more than time that grows with the text; undefined where this is
 * not sure. It is where
 * - what is repeated without end is none of the characters that may follow, so that going back never goes on;
 * - all other ways, together, are few and short;
 * - what it begins with has, at a place that is known, a character that is not repeated without end: so no place of the text is gone over
 *   again and again from other beginnings.
 */
export function surePattern(pattern: PlainPattern): RegExp | undefined {
  const { isFirst, isLast } = pattern;
  const pieces = trimmed(pattern);
  if (pieces.some(({ is }) => is === 'gap')) return undefined;
  const endless = pieces.flatMap(endlessOf);
  if (triesIn(pieces) > MOST_TRIED) return undefined;
  if (endless.length > 0 && !isFirst && !isMarked(pieces, union(endless.map(({ set }) => set))))
    return undefined;
  return new RegExp(`${isFirst ? '^' : ''}${pieces.map(sourceOf).join('')}${isLast ? '$' : ''}`, 'u');
}

/** In how many ways, and over how many characters, it may be tried at one place of a text. */
export const triesOf = (pattern: PlainPattern): number => triesIn(trimmed(pattern));

/** How often each character of a text may be read by what is repeated without end: no place is gone over from two beginnings. */
export function runsOf(pattern: PlainPattern): number {
  const pieces = trimmed(pattern);
  return waysIn(pieces) * pieces.flatMap(endlessOf).length;
}

const triesIn = (pieces: readonly Piece[]): number =>
  waysIn(pieces) * pieces.reduce((all, piece) => all + lengthOf(piece), 1);

const waysIn = (pieces: readonly Piece[]): number =>
  pieces.reduce((all, piece, i) => all * waysOf(piece, firstOf(pieces.slice(i + 1))), 1);

/** What may be there more often at an end that is not bound need not be looked for. */
function trimmed({ pieces, isFirst, isLast }: PlainPattern): readonly Piece[] {
  const least = (piece: Piece): Piece => (piece.is === 'class' ? { ...piece, most: piece.least } : piece);
  return pieces
    .map((piece, i) => ((i === 0 && !isFirst) || (i === pieces.length - 1 && !isLast) ? least(piece) : piece))
    .filter((piece) => piece.is !== 'class' || piece.most > 0);
}

/** The characters with which these may begin. */
function firstOf([piece, ...rest]: readonly Piece[]): Characters {
  if (!piece) return charactersWhere(() => false);
  if (piece.is === 'class') return piece.least > 0 ? piece.set : union([piece.set, firstOf(rest)]);
  if (piece.is !== 'texts') return firstOf(rest);
  const own = charactersWhere((char) => piece.texts.some((text) => text[0] === char));
  return piece.texts.includes('') ? union([own, firstOf(rest)]) : own;
}

/** How many ways there are to go over it: one where what follows is told from it by its first character. */
function waysOf(piece: Piece, next: Characters): number {
  if (piece.is === 'texts') return piece.texts.length;
  if (piece.is !== 'class' || piece.least === piece.most || areApart(piece.set, next)) return 1;
  return piece.most - piece.least + 1;
}

function lengthOf(piece: Piece): number {
  if (piece.is === 'texts') return Math.max(...piece.texts.map(({ length }) => length));
  if (piece.is !== 'class') return 0;
  return piece.most === Number.POSITIVE_INFINITY ? piece.least : piece.most;
}

/** Whether it begins with so many characters, one of which is not of these. */
function isMarked(pieces: readonly Piece[], endless: Characters): boolean {
  for (const piece of pieces) {
    if (piece.is === 'class') {
      if (piece.least > 0 && areApart(piece.set, endless)) return true;
      if (piece.least !== piece.most) return false;
    } else if (piece.is === 'texts') {
      const [one = ''] = piece.texts;
      const isMark = (_: string, at: number) =>
        piece.texts.every((text) => at < text.length && !isIn(endless, text[at] ?? ''));
      if ([...one].some(isMark)) return true;
      if (piece.texts.some(({ length }) => length !== one.length)) return false;
    }
  }
  return false;
}

function sourceOf(piece: Piece): string {
  if (piece.is === 'edge') return '\\b';
  if (piece.is === 'gap') throw new Error('A pattern with gaps is not tried');
  if (piece.is === 'texts') return `(?:${piece.texts.map(textSource).join('|')})`;
  const { set, least, most } = piece;
  return `${classSource(set)}{${least},${most === Number.POSITIVE_INFINITY ? '' : most}}`;
}

const textSource = (text: string): string =>
  text.replaceAll(/[^\w]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
