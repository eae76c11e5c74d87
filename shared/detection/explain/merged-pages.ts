import type { ExplainedStep } from '../../alerts/index.ts';
import { type Incident, nameOf } from '../../incidents/index.ts';
import type { Joined, PagedBefore } from './record.ts';

/** The incident whose pages were sent for an alert since, and those that were merged into it, through which the alert came: the first is its own. */
export function pagingIncidents({ incident, through = [], into, deleted }: Joined): {
  readonly current?: Incident;
  readonly before: readonly Incident[];
} {
  const current = into ?? deleted ?? incident;
  const before = [...(incident ? [incident] : []), ...through].filter((one) => one.id !== current?.id);
  return { ...(current && { current }), before };
}

/** What of pages is told of another incident. */
const MOST_LINES = 20;

/** Whom each incident paged before it was merged into the one that goes on. */
export const mergedPageSteps = (before: readonly PagedBefore[] = []): readonly ExplainedStep[] =>
  before.map((one) => pagesOfOther(one, `Before ${nameOf(one.incident)} was merged:`));

/** Whom another incident paged than the one that is told of, in one step that begins with these words. */
export function pagesOfOther({ incident, paging }: PagedBefore, words: string): ExplainedStep {
  const lines = paging.steps.flatMap(({ text, lines: own = [] }) => [text, ...own]);
  const more = lines.length - MOST_LINES;
  return {
    about: 'page',
    basis: 'recorded',
    text: `${words} ${paging.summary}`,
    lines: [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`and ${more} more`] : [])],
    data: { incident: incident.id },
  };
}

/** The same in short, to follow what was paged since. */
export const mergedPageWords = (before: readonly PagedBefore[] = []): string =>
  before.map(({ paging: { summary } }) => ` Before the merge: ${summary}`).join('');
