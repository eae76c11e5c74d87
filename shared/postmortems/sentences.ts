import type { Instant } from '../kernel/index.ts';

/** Names what a sentence rests on: the id of a fact, a change, a page, or of another incident. */
export type Cite = string;

/** One generated sentence, and what shows that it is true. */
export interface Sentence {
  readonly text: string;
  readonly cites: readonly Cite[];
}

/** What a sentence can rest on, as it is listed for readers. */
export interface Source {
  readonly id: Cite;
  /** Its number in the log of the incident, where it is a fact of it. */
  readonly seq?: number;
  readonly at: Instant;
  readonly text: string;
}

/** What is wrong with sentences: one that rests on nothing, or on what is not there. Empty when all is well. */
export function faultsIn(sentences: readonly Sentence[], known: ReadonlySet<Cite>): readonly string[] {
  return sentences.flatMap(({ text, cites }) => {
    if (text.trim() === '') return ['There is a sentence without words.'];
    if (cites.length === 0) return [`Nothing shows that “${text}”.`];
    const strange = cites.filter((cite) => !known.has(cite));
    return strange.length === 0 ? [] : [`“${text}” rests on ${strange.join(', ')}, which is not there.`];
  });
}

/** The sentences that rest on something that is there, and on nothing that is not. */
export function onlyShown(sentences: readonly Sentence[], known: ReadonlySet<Cite>): readonly Sentence[] {
  return sentences.filter((sentence) => faultsIn([sentence], known).length === 0);
}
