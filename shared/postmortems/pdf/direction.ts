import bidiFactory from 'bidi-js';
import type { Run } from './inline.ts';

const bidi = /* @__PURE__ */ bidiFactory();

/** Letters and digits of scripts that are written from right to left. */
export const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** What says how text is ordered, and is not seen itself. */
const CONTROL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Runs of a text, and whether it is read from right to left as a whole. */
export interface Directed {
  readonly runs: readonly Run[];
  readonly rightToLeft: boolean;
}

/**
 * A text cut where its direction changes, by the Unicode Bidirectional Algorithm: the runs stay in the order in which they were written,
 * which lines are broken in. One without letters of such scripts is given back as it is. Code is read from left to right as a whole.
 */
export function directed(runs: readonly Run[], whole?: 'ltr'): Directed {
  if (!runs.some(({ text }) => RIGHT_TO_LEFT.test(text))) return { runs, rightToLeft: false };
  const { levels, paragraphs } = bidi.getEmbeddingLevels(told(runs.map(({ text }) => text).join('')), whole);
  let from = 0;
  const cut = runs.flatMap((run) => {
    const own = levels.subarray(from, from + run.text.length);
    from += run.text.length;
    return cutAt(run, own);
  });
  return { runs: cut, rightToLeft: ((paragraphs[0]?.level ?? 0) & 1) === 1 };
}

/**
 * A text as the algorithm takes it, which sees halves of what is written in two units: a letter in their place is of the same kind.
 * A break within a text begins a line and no text of its own.
 */
const told = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\u2029]/gu, ' ')
    .replaceAll(/[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/gu, '\u05d0\u05d0')
    .replaceAll(/(?!\p{L})[\u{10000}-\u{10ffff}]/gu, '\u25af\u25af');

/** A run for each stretch of the same direction, with brackets turned round where they are read from right to left. */
function cutAt(run: Run, levels: Uint8Array): readonly Run[] {
  const parts: { text: string; readonly direction: number }[] = [];
  for (let at = 0; at < run.text.length; at++) {
    const letter = run.text[at] ?? '';
    if (CONTROL.test(letter)) continue;
    const direction = levels[at] ?? 0;
    const shown = direction & 1 ? (bidi.getMirroredCharacter(letter) ?? letter) : letter;
    const last = parts.at(-1);
    if (last?.direction === direction) last.text += shown;
    else parts.push({ text: shown, direction });
  }
  return parts.map((part) => ({ ...run, ...part }));
}
