import { RIGHT_TO_LEFT } from './direction.ts';

/** A word as it was laid out: where it begins in its line, how wide it is, and how much of that are spaces at its ends. */
export interface Word {
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly leadingCut: number;
  readonly trailingCut: number;
  readonly alignment?: string;
  readonly direction?: number;
}

/** Where a very long word may break. It is not drawn: it would be found as a space within the word. */
export const BREAK = '\u200b';

/**
 * The words of a line in the places in which they are read, by rules L1 and L2 of the Unicode Bidirectional Algorithm. They come in the
 * order in which they were written, and are given back as they are where none is read from right to left.
 */
export function visualWords<W extends Word>(laid: readonly W[]): readonly W[] {
  const broken = laid.some(({ text }) => text.endsWith(BREAK));
  const words = broken ? laid.map((word) => ({ ...word, text: word.text.replaceAll(BREAK, '') })) : laid;
  if (!words.some(({ direction = 0 }) => direction > 0)) return words;
  const trimmed = withoutEnds(words);
  const ordered = reordered(trimmed);
  // Its place in the page was found for the width that it had.
  const was = widthOf(words) - (words[0]?.leadingCut ?? 0) - (words.at(-1)?.trailingCut ?? 0);
  let x = words[0]?.alignment === 'right' ? was - widthOf(trimmed) : 0;
  return ordered.map((word) => {
    const placed = { ...word, x, text: lettersOf(word) };
    x += word.width;
    return placed;
  });
}

const widthOf = (words: readonly Word[]): number => words.reduce((sum, { width }) => sum + width, 0);

/** Without the spaces at both ends of the line: those within it go along with their words. */
function withoutEnds<W extends Word>(words: readonly W[]): readonly W[] {
  const seen = ({ text, leadingCut }: W) => text.trim() !== '' || (text !== '' && leadingCut === 0);
  const kept = words.slice(words.findIndex(seen), words.findLastIndex(seen) + 1);
  return kept.map((word, i) => {
    const [first, last] = [i === 0 && word.leadingCut > 0, i === kept.length - 1 && word.trailingCut > 0];
    const width = word.width - (first ? word.leadingCut : 0) - (last ? word.trailingCut : 0);
    const text = first ? word.text.trimStart() : word.text;
    return { ...word, width, text: last ? text.trimEnd() : text };
  });
}

/** From the deepest direction to the first: what lies as deep or deeper is turned round. */
function reordered<W extends Word>(words: readonly W[]): readonly W[] {
  const ordered = [...words];
  const deepest = Math.max(...words.map(({ direction = 0 }) => direction));
  for (let depth = deepest; depth > 0; depth--)
    for (let from = 0; from < ordered.length; from++) {
      let to = from;
      while ((ordered[to]?.direction ?? 0) >= depth) to++;
      if (to > from + 1) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
      from = Math.max(from, to);
    }
  return ordered;
}

/** The first letter that belongs to a script, by which the font decides from where it draws. */
const SCRIPTED = /[^\p{Script=Common}\p{Script=Inherited}\p{Script=Unknown}]/u;

/** The letters of a word so that the font, which turns round what begins with a right-to-left script, draws them in their direction. */
function lettersOf({ text, direction = 0 }: Word): string {
  const wanted = (direction & 1) === 1;
  const drawn = RIGHT_TO_LEFT.test(SCRIPTED.exec(text)?.[0] ?? '');
  if (wanted !== drawn) return (text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []).reverse().join('');
  // What is drawn is cut at spaces, from left to right.
  return wanted ? text.replaceAll(/ (?=.)/g, '\u00a0') : text;
}
