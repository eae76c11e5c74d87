import type { Sentence } from '../sentences.ts';

/** What kind of thing a cause may be. */
export const hypothesisKinds = ['change', 'dependency', 'recurrence', 'symptom'] as const;
export type HypothesisKind = (typeof hypothesisKinds)[number];

/** Something that may be why, with what speaks for it and against it. */
export interface Hypothesis {
  /** Such as `change:chg_…`. */
  readonly id: string;
  readonly kind: HypothesisKind;
  readonly title: string;
  /** From 0 to 1; only the order and the distances mean something. */
  readonly score: number;
  readonly supports: readonly Sentence[];
  readonly contradicts: readonly Sentence[];
  /** The harm ended after this very thing was taken back or ended. */
  readonly recovered: boolean;
}

/** How sure the engine is. Without data it is inconclusive, never a story. */
export const verdicts = ['CONFIRMED', 'LIKELY', 'INCONCLUSIVE'] as const;
export type Verdict = (typeof verdicts)[number];

/** The possible causes, the likeliest first. */
export interface Analysis {
  readonly verdict: Verdict;
  /** Why the verdict is that and no other. */
  readonly why: string;
  readonly hypotheses: readonly Hypothesis[];
}

/** From where on a cause is likely, or confirmed when the harm also ended with it; and how far ahead of the next it must be. */
export const bounds = { likely: 0.5, confirmed: 0.85, ahead: 0.15, farAhead: 0.3 } as const;

/** How many are kept: those after them would only make it longer. */
const MOST = 12;

/** The verdict over hypotheses. A cause is confirmed only by recovery: that it came first proves nothing. */
export function judge(found: readonly Hypothesis[]): Analysis {
  const ranked = found
    .filter(({ supports }) => supports.length > 0)
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const { why, ...verdict } = verdictOf(ranked);
  const left = ranked.length - MOST;
  const more = left > 0 ? ` ${left} that have less for them are left out.` : '';
  return { ...verdict, why: `${why}${more}`, hypotheses: ranked.slice(0, MOST) };
}

function verdictOf([first, second]: readonly Hypothesis[]): Pick<Analysis, 'verdict' | 'why'> {
  if (!first) return { verdict: 'INCONCLUSIVE', why: 'Nothing on record points to a cause.' };
  const lead = first.score - (second?.score ?? 0);
  if (first.recovered && first.score >= bounds.confirmed && lead >= bounds.farAhead) {
    const why =
      'It came before the harm, nothing else comes near it, and the harm ended when it was taken back.';
    return { verdict: 'CONFIRMED', why };
  }
  if (first.score >= bounds.likely && lead >= bounds.ahead) {
    const why = 'It is clearly ahead of the others, but nothing shows that the harm ended with it.';
    return { verdict: 'LIKELY', why: first.recovered ? 'It is clearly ahead of the others.' : why };
  }
  const why =
    lead < bounds.ahead && second ? 'Several causes are about as likely.' : 'No cause has enough for it.';
  return { verdict: 'INCONCLUSIVE', why };
}
