import { severities } from '../../shared/alerts/severity.ts';
import { severityWords } from '../../shared/incidents/words.ts';
import type { TargetMeasure } from '../../shared/metrics/targets.ts';
import type { Dashboard } from './use-dashboard.ts';

/** What targets are set for; `overall` is for severities that have none of their own. */
export const targetRows = [...severities, 'overall'] as const;
export type TargetRow = (typeof targetRows)[number];

/** A row in words. */
export const rowWords = (row: TargetRow): string =>
  row === 'overall' ? 'All others' : severityWords[row].short;

/** The target of a row. */
export function targetOf(
  { targets }: Pick<Dashboard['targets'], 'targets'>,
  measure: TargetMeasure,
  row: TargetRow,
): number | undefined {
  const set = targets[measure];
  return row === 'overall' ? set?.overall : set?.severity?.[row];
}
