import { targetMeasures } from '../../shared/metrics/targets.ts';
import { lengthText } from './length.ts';
import { rowWords, targetOf, targetRows } from './target-rows.ts';
import type { Dashboard } from './use-dashboard.ts';

/** `MTTA P1 5 min; MTTR P1 2 h, all others 6 h`, or that there was none. */
export function wordsOf(targets: Dashboard['targets']['targets']): string {
  const sets = targetMeasures.flatMap((measure) => {
    const rows = targetRows.flatMap((row) => {
      const length = targetOf({ targets }, measure, row);
      return length === undefined ? [] : [`${rowWords(row).replace('All', 'all')} ${lengthText(length)}`];
    });
    return rows.length === 0 ? [] : [`${measure.toUpperCase()} ${rows.join(', ')}`];
  });
  return sets.join('; ') || 'no target';
}
