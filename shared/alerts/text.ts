import { cut } from '../kernel/index.ts';

/** A text and whether something of it was left out. */
export interface Shortened {
  readonly text: string;
  readonly clipped: boolean;
}

const LINE_SPACE = /[\s\p{Cc}]+/gu;
/** Lone halves of a pair become U+FFFD by `toWellFormed`; these two are what a queue message may not hold besides. */
const NOT_IN_A_QUEUE = /[\uFFFE\uFFFF]/g;

/** The text with an ellipsis for what does not fit into `max` units. */
export function clip(text: string, max: number): Shortened {
  if (text.length <= max) return { text, clipped: false };
  return { text: `${cut(text, max - 1)}…`, clipped: true };
}

/** A text that every queue and table can keep, in several lines. */
export function paragraph(text: string, max: number): Shortened {
  return shorten(text, max, (start) => storable(start).trim());
}

/** A text for one line: runs of white space and control characters become one space. */
export function line(text: string, max: number): Shortened {
  return shorten(text, max, (start) => storable(start).replaceAll(LINE_SPACE, ' ').trim());
}

/** Bounds a text before it is cleaned, since one long text may stand in front of thousands of alerts. */
function shorten(text: string, max: number, clean: (start: string) => string): Shortened {
  const start = text.slice(0, 4 * max);
  const cleaned = clean(start);
  if (start.length === text.length) return clip(cleaned, max);
  // Where white space left little, the last grapheme may be half of one.
  return { text: `${cut(cleaned, Math.min(max, cleaned.length) - 1)}…`, clipped: true };
}

/** Composing is quadratic in a run of combining marks (0.2 s at 20,000), so what no person typed stays as it is. */
const COMPOSED = 1_000;

/** The text in composed form (NFC), so that the two ways to write é are one; a very long text as it is. */
export function composed(text: string): string {
  return text.length > COMPOSED ? text : text.normalize('NFC');
}

/** Equal for texts that people hold to be equal: composed form, case, space around and inside. */
export function folded(text: string): string {
  if (text.length > COMPOSED) return text;
  // Upper before lower, because only that unites ß and ss, or the two small sigmas.
  const cased = storable(text).normalize('NFC').toUpperCase().toLowerCase();
  return cased.normalize('NFC').replaceAll(LINE_SPACE, ' ').trim();
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll(NOT_IN_A_QUEUE, '\uFFFD');
}
