import { toText } from '../../shared/kernel/index.ts';
import { viewRemoval, viewTally } from '../../shared/runbooks/index.ts';
import type { ToldRow } from '../aws/runbooks.ts';

/** A runbook as lists show it, with what its runs showed. */
export function viewRow(row: ToldRow) {
  const { id, title, description, category, tags, label, steps, version, savedAt, savedBy, tally } = row;
  const shown = { id, title, description, category, tags: [...tags], version: label, steps };
  const saved = { revision: version, updatedAt: toText(savedAt), savedBy };
  return { ...shown, ...saved, ...viewRemoval(row), ...viewTally(tally) };
}
