import { cut, masked, oneLine } from '../../kernel/index.ts';
import type { Content } from '../facts.ts';
import { type Filling, fillings } from '../postmortem.ts';
import type { Cite, Sentence } from '../sentences.ts';
import { readsLikeInstruction } from './instructions.ts';

/** A sentence that a model may rest on, under a name of its own. */
export interface Exhibit extends Sentence {
  /** `E1`, `E2` … */
  readonly name: string;
}

/** A possible cause as a model sees it. */
export interface Suspect {
  /** `H1`, `H2` …, in the order of the rules. */
  readonly name: string;
  /** As the analysis calls it, such as `change:chg_…`. */
  readonly hypothesis: string;
  readonly title: string;
  /** Names of exhibits. */
  readonly supports: readonly string[];
  readonly contradicts: readonly string[];
}

/** All that a model is shown of an incident: generated sentences without secrets, and without what talks to a model. */
export interface Evidence {
  readonly title: string;
  readonly verdict: Content['analysis']['verdict'];
  readonly exhibits: readonly Exhibit[];
  readonly suspects: readonly Suspect[];
}

/** What is shown at most, so that a question stays below some 6,000 tokens. */
const [MOST_EXHIBITS, MOST_SUSPECTS, MOST_LETTERS, MOST_OF_TIMELINE] = [60, 6, 300, 25] as const;

/** Stands where a text was that reads like an instruction. */
const LEFT_OUT = '[left out: it reads like an instruction]';

/** Actions are no evidence. */
const shown: ReadonlySet<Filling> = new Set(fillings.filter((filling) => filling !== 'action-items'));

/** A text as a model may see it: one line without secrets, cut, and nothing that talks to it. */
export function harmless(text: string): string {
  const line = cut(oneLine(masked(text)), MOST_LETTERS);
  return readsLikeInstruction(line) ? LEFT_OUT : line;
}

/** What of a generated post-mortem a model is shown. */
export function evidenceOf({ name, title, sections, sources, analysis }: Content): Evidence {
  const known = new Set(sources.map(({ id }) => id));
  const hypotheses = analysis.hypotheses.slice(0, MOST_SUSPECTS);
  const about = hypotheses.flatMap(({ supports, contradicts }) => [...supports, ...contradicts]);
  const told = sections.flatMap(({ pieces }) =>
    pieces.flatMap((piece) => {
      if (piece.kind !== 'filled' || !shown.has(piece.filling)) return [];
      return piece.filling === 'timeline' ? piece.sentences.slice(0, MOST_OF_TIMELINE) : piece.sentences;
    }),
  );
  const byText = new Map([...about, ...told].map((sentence) => [sentence.text, sentence]));
  const exhibits = [...byText.values()]
    .filter(({ cites }) => cites.some((cite) => known.has(cite)))
    .slice(0, MOST_EXHIBITS)
    .map(({ text, cites }, i) => ({
      name: `E${i + 1}`,
      text: harmless(text),
      cites: cites.filter((cite: Cite) => known.has(cite)),
      original: text,
    }));
  const names = new Map(exhibits.map((exhibit) => [exhibit.original, exhibit.name]));
  const named = (sentences: readonly Sentence[]) => sentences.flatMap(({ text }) => names.get(text) ?? []);
  return {
    title: harmless(`${name}: ${title}`),
    verdict: analysis.verdict,
    exhibits: exhibits.map(({ original: _, ...exhibit }) => exhibit),
    suspects: hypotheses.map(({ id, title: what, supports, contradicts }, i) => ({
      ...{ name: `H${i + 1}`, hypothesis: id, title: harmless(what) },
      ...{ supports: named(supports), contradicts: named(contradicts) },
    })),
  };
}
