import { MORE_CHANGES } from '../../timeline/index.ts';
import { changeHypotheses } from './changes.ts';
import { type Analysis, judge } from './hypothesis.ts';
import { dependencyHypotheses, recurrenceHypotheses, symptomHypotheses } from './others.ts';
import type { CauseSources } from './sources.ts';

export * from './hypothesis.ts';
export { likeness } from './others.ts';
export * from './sources.ts';

/** The possible causes of an incident and how sure that is: by rule, from what is on record, the same each time. */
export function analyse(sources: CauseSources): Analysis {
  const analysis = judge([
    ...changeHypotheses(sources),
    ...dependencyHypotheses(sources),
    ...recurrenceHypotheses(sources),
    ...symptomHypotheses(sources),
  ]);
  if (sources.timeline.moreChanges !== true) return analysis;
  return { ...analysis, why: `${analysis.why} ${MORE_CHANGES}` };
}
