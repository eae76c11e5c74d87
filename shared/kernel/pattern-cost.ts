import type { Cost } from './engine.ts';
import type { Need } from './pattern-outline.ts';
import { periodOf } from './pattern-visits.ts';
import type { PlainPattern } from './plain-pattern.ts';
import { runsOf, triesOf } from './sure-pattern.ts';

/** A text is looked for from one place to the next; where what is read nearly has it everywhere, each of its first characters is compared. */
const READ = 0.1;
const COMPARED = 0.15;
const MOST_COMPARED = 14;
/** What is looked for in one line is looked for anew in each line that has its first text. */
const LINE = 12;
/** One way tried for one character by V8. */
const TRY = 2;
/** A character that V8 reads in what is repeated without end, also of other alphabets. */
const RUN = 6;

/**
 * Nanoseconds for each character of a text, at worst, of a pattern that is texts with gaps between them. As all costs here, it is counted from the
 * pattern, of the machine that the benches were measured on: the same pattern costs the same everywhere.
 */
export function textCost({ pieces }: PlainPattern): number {
  const groups = pieces.flatMap((piece) => (piece.is === 'texts' ? [piece.texts] : []));
  const looked = groups.reduce((all, texts) => all + searchCost(texts), READ);
  if (!pieces.some(({ is }) => is === 'gap')) return looked;
  const shortest = Math.min(...(groups[0] ?? ['']).map(({ length }) => length));
  return looked + (LINE * groups.length) / (shortest + 1);
}

const searchCost = (texts: readonly string[]): number =>
  texts.reduce((all, text) => all + READ + COMPARED * Math.min(text.length, MOST_COMPARED), 0);

/** The same of a pattern that V8 runs: what follows a text at its beginning is tried only where that stands. */
export function sureCost(pattern: PlainPattern): number {
  const [first] = pattern.pieces;
  const [text = ''] = first?.is === 'texts' && first.texts.length === 1 ? first.texts : [];
  const begun = (TRY * triesOf(pattern)) / (pattern.isFirst ? LONG : periodOf(text));
  return READ + COMPARED + begun + RUN * runsOf(pattern);
}

/** What must be at the beginning of a text is tried once in it. */
const LONG = 100;

/** The same of the texts of which some must stand before a pattern is asked. No text nearly has those of two of them everywhere. */
export function needCost(needs: readonly Need[]): number {
  const read = needs.reduce((all, { length }) => all + READ * length, 0);
  return read + Math.max(0, ...needs.map((texts) => searchCost(texts) - READ * texts.length));
}

/** An automaton takes at least so long for a character. The tables of so many stay near; each further one makes all so much slower, down to memory. */
const [MACHINE, NEAR, APART, MEMORY] = [7, 320, 0.02, 30];

/** Whether a pattern of this cost is run by an automaton. */
export const isMachine = ({ each }: Cost): boolean => each >= MACHINE;

/** What each of so many automata that are asked about one alert costs more for each character, in nanoseconds: their tables push each other out. */
export const crowding = (machines: number): number => Math.min(MEMORY, APART * Math.max(0, machines - NEAR));
