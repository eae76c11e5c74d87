import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../infra/synthesized.ts';
import { happenings, idleLines } from './bill.ts';
import { alertChart, idleChart } from './charts.ts';
import { costsPage, readmeParagraph } from './page.ts';
import type { Counts } from './scenarios.ts';

const root = join(import.meta.dirname, '../..');
const paragraph = /\*\*Cost(?:, estimated)?\*\*[\s\S]*?(?=\n\n)/;

/** What the files about costs must hold, by path, for what was counted and the template as it is now. */
export function costFiles(counts: Counts): Readonly<Record<string, string>> {
  const { resources } = synthesize();
  const lines = idleLines(resources, counts);
  const million = happenings(resources, counts);
  return {
    'docs/costs.md': costsPage(lines, million),
    'docs/costs-idle.svg': idleChart(lines),
    'docs/costs-alerts.svg': alertChart(million),
    // A function, because a dollar in a replacement text has a meaning of its own.
    'README.md': readText('README.md').replace(paragraph, () => readmeParagraph(lines, million)),
  };
}

/** A file of the project as it is. */
export const readText = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Writes what differs, and tells its paths. */
export function writeCostFiles(counts: Counts): readonly string[] {
  const changed = Object.entries(costFiles(counts)).filter(([path, text]) => readIfThere(path) !== text);
  for (const [path, text] of changed) writeFileSync(join(root, path), text);
  return changed.map(([path]) => path);
}

function readIfThere(path: string): string | undefined {
  try {
    return readText(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
