import { toText } from '../../shared/kernel/index.ts';
import type { RunbookRow } from '../aws/runbooks.ts';

/** A runbook as lists show it. */
export function viewRow(row: RunbookRow) {
  const { id, title, description, category, tags, label, steps, version, savedAt, savedBy } = row;
  const shown = { id, title, description, category, tags: [...tags], version: label, steps };
  return { ...shown, revision: version, updatedAt: toText(savedAt), savedBy };
}
