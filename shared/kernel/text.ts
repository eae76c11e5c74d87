/** Made at the first text that is too long: most functions never see one, and it takes some milliseconds. */
let segmenter: Intl.Segmenter | undefined;

/** The start of a text, at most `max` units, never ending inside a grapheme. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  // Two units more than kept, so that what follows is a whole code point and the boundary can be judged.
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  const next = segmenter.segment(text.slice(0, max + 2)).containing(max);
  return text.slice(0, next?.index ?? max);
}

/** In UTF-8. */
const BYTES_OF_ELLIPSIS = 3;

/** A text in at most so many bytes of UTF-8 (3 or more): what is too long ends in an ellipsis, never inside a grapheme. */
export function clipped(text: string, bytes: number): string {
  if (unitsWithin(text, bytes) === text.length) return text;
  return `${cut(text, unitsWithin(text, bytes - BYTES_OF_ELLIPSIS))}…`;
}

/** A text in at most so many bytes (3 or more), that is cut after a whole word where one ends in the second half of what there is room for. */
export function clippedWords(text: string, bytes: number): string {
  const short = clipped(text, bytes);
  if (short === text) return text;
  const kept = short.slice(0, -1);
  if (/^\s/.test(text.slice(kept.length))) return `${kept.trimEnd()}…`;
  const whole = kept.replace(/\S+$/, '').trimEnd();
  return whole.length * 2 > kept.length ? `${whole}…` : short;
}

/** How many units from the start of a text take at most so many bytes, counted in whole code points. */
function unitsWithin(text: string, bytes: number): number {
  return new TextEncoder().encodeInto(text, new Uint8Array(bytes)).read;
}

/** How many bytes a text takes in UTF-8, without making them. Half of a pair counts as what an encoder writes in its place. */
export function bytesIn(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    bytes += unit < 0x800 ? 1 : 2;
    // Four bytes for both halves: two more than they are units.
    if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) i++;
  }
  return bytes;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** A text as one line that can neither begin a header nor turn the direction of what stands beside it. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

/** A text in lines, each as by `oneLine`: none that is blank at either end, and no two blank ones together. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/).map(oneLine);
  const last = lines.findLastIndex((line) => line !== '');
  return lines.slice(0, last + 1).filter((line, at) => line !== '' || (at > 0 && lines[at - 1] !== ''));
}
