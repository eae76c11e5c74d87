import * as z from 'zod';
import { oneLine } from '../../kernel/index.ts';
import type { Draft } from '../postmortem.ts';
import type { Sentence } from '../sentences.ts';
import type { Evidence, Exhibit } from './evidence.ts';
import { readsLikeInstruction } from './instructions.ts';
import { MOST_SENTENCES } from './question.ts';

const said = z.strictObject({ text: z.string(), cites: z.array(z.string()).max(20) });
const Answer = z.strictObject({
  summary: z.array(said).max(40),
  rootCause: z.array(said).max(40),
  order: z.array(z.string()).max(40),
});

/**
 * Reads the answer of a model, and keeps only sentences that the evidence they name shows. It trusts nothing: what is left can be
 * wrong in its words, but names no source that is not there, no number or name that its sources have not, no address, and is not
 * surer than the rules are. Undefined when it is not in the form that was asked for.
 */
export function readAnswer(text: string, evidence: Evidence): Omit<Draft, 'model'> | undefined {
  const parsed = Answer.safeParse(jsonIn(text));
  if (!parsed.success) return undefined;
  const { summary, rootCause, order } = parsed.data;
  const kept = (sentences: readonly Sentence[]) =>
    sentences.flatMap((sentence) => shownBy(sentence, evidence) ?? []).slice(0, MOST_SENTENCES);
  const draft = { summary: kept(summary), rootCause: kept(rootCause) };
  const refused = summary.length + rootCause.length - draft.summary.length - draft.rootCause.length;
  return { ...draft, order: orderOf(order, evidence), refused };
}

/** Models like to wrap what they were told to write alone. */
function jsonIn(text: string): unknown {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
  try {
    return JSON.parse(text.slice(from, to + 1));
  } catch {
    return undefined;
  }
}

/** Every cause once: as the model said, then those that it did not name. A confirmed one stays the first. */
function orderOf(order: readonly string[], { suspects, verdict }: Evidence): readonly string[] {
  const names = suspects.map(({ name }) => name);
  const first = verdict === 'CONFIRMED' ? names.slice(0, 1) : [];
  const all = [...new Set([...first, ...order.filter((name) => names.includes(name)), ...names])];
  return all.flatMap((name) => suspects.find((suspect) => suspect.name === name)?.hypothesis ?? []);
}

const MOST_LETTERS = 400;

/** The sentence with its true sources; undefined when the evidence that it names does not show it. */
function shownBy({ text, cites }: Sentence, { exhibits, verdict }: Evidence): Sentence | undefined {
  const line = oneLine(text);
  const named = exhibits.filter(({ name }) => cites.includes(name));
  const isKnown = cites.length > 0 && cites.every((cite) => exhibits.some(({ name }) => name === cite));
  if (!isKnown || line === '' || line.length > MOST_LETTERS) return undefined;
  if (leadsAway(line) || readsLikeInstruction(line) || !isWithin(line, named)) return undefined;
  if (verdict !== 'CONFIRMED' && /\b(?:confirm|prove[nds]?\b|certain|definite|undoubted)/i.test(line))
    return undefined;
  return { text: line, cites: [...new Set(named.flatMap((exhibit) => exhibit.cites))] };
}

/** Addresses and markup: nothing that a model writes may lead anywhere or show as something else. */
const leadsAway = (line: string): boolean => /[<>`|]|\]\(|:\/\/|\bwww\.|\S@\S/.test(line);

/** Numbers, versions, names: words with a digit, a capital or a sign inside. The first word has a capital anyhow. */
function isWithin(line: string, named: readonly Exhibit[]): boolean {
  const shown = new Set(named.flatMap(({ text }) => wordsOf(text)).map((word) => word.toLowerCase()));
  const names = line
    .split(/(?<=[.?!])\s+/)
    .flatMap((part) =>
      wordsOf(part).filter((word, i) => /[\d._/:]/.test(word) || (i > 0 && /\p{Lu}/u.test(word))),
    );
  return names.every((word) => shown.has(word.toLowerCase()));
}

/** Words with what belongs into names and numbers, without what only ends a sentence. */
const wordsOf = (text: string): readonly string[] =>
  text.match(/[\p{L}\p{N}](?:[\p{L}\p{N}._/:-]*[\p{L}\p{N}])?/gu) ?? [];
