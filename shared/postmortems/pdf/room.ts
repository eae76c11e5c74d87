import type { Token } from 'markdown-it';
import { RIGHT_TO_LEFT } from './direction.ts';

/** How much fits into a document, in what one letter of plain text takes to lay out: some 80 pages, which a Lambda makes in half its time. */
export const MOST = 400_000;

/** What is left of the room in a document. */
export interface Room {
  /** Takes what these need; not when it is more than what is left, and nothing from then on. */
  readonly take: (tokens: readonly Token[]) => boolean;
  readonly isFull: () => boolean;
  readonly taken: () => number;
}

/** Room for so many letters. */
export function roomFor(most: number): Room {
  let taken = 0;
  let full = false;
  return {
    take: (tokens) => {
      const weight = weightOf(tokens);
      full ||= taken + weight > most;
      if (!full) taken += weight;
      return !full;
    },
    isFull: () => full,
    taken: () => taken,
  };
}

/** What a text takes beside its letters, in letters; a heading is compared with all that follows. */
const weights = { text: 40, heading: 160, run: 15 } as const;

/** Measured: time grows with letters, runs and texts, and with the square of words and of runs that wait in one text. */
const weightOf = (tokens: readonly Token[]): number =>
  tokens.reduce((sum, { type, content, children }) => {
    if (type === 'heading_open') return sum + weights.heading;
    const { length } = content;
    const runs = (children?.length ?? 0) + 2 * turnsOf(content);
    return sum + weights.text + length + (length / 100) ** 2 + runs * weights.run + (runs / 20) ** 2;
  }, 0);

/** How often a text turns from left to right. */
const turnsOf = (text: string): number => text.match(STRETCHES)?.length ?? 0;
const STRETCHES = new RegExp(`${RIGHT_TO_LEFT.source}+`, 'g');

/**
 * How often the pages may be made anew so that no heading stands alone at the foot of one: each time takes more than half of the first.
 */
export const mostBreaks = (taken: number): number => Math.floor((1.5 * MOST - taken) / (0.6 * (taken + 1)));
