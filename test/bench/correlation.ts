import { addedUp, groupings, outages, pairsOf, qualityOf } from '../support/outages/index.ts';
import { textTable } from './figures.ts';

/** How well alerts of labelled outages are put together, by us and by two baselines: precision, recall and F1 over pairs of alerts. */
export async function correlation(): Promise<string> {
  const scenes = outages();
  const alerts = scenes.reduce((sum, { labels }) => sum + labels.length, 0);
  const columns = Object.values(groupings);
  const measured = scenes.map((scene) => columns.map((grouping) => pairsOf(scene, grouping)));
  const rows = scenes.map(({ name, labels }, i) => [
    ...[name, String(labels.length)],
    ...(measured[i] ?? []).map((pairs) => inShort(qualityOf(pairs))),
  ]);
  const all = columns.map((_, column) => addedUp(measured.flatMap((row) => row[column] ?? [])));
  const total = ['all pairs', String(alerts), ...all.map((pairs) => inShort(qualityOf(pairs)))];
  return [
    `correlation: ${scenes.length} labelled outages of ${alerts} alerts; of pairs of alerts precision / recall / F1`,
    ...Object.keys(groupings).map((name, i) => `  ${'ABCD'[i]}  ${name}`),
    textTable(['', 'alerts', ...columns.map((_, i) => 'ABCD'[i] ?? '')], [...rows, total]),
  ].join('\n');
}

const inShort = ({ precision, recall, f1 }: ReturnType<typeof qualityOf>): string =>
  [precision, recall, f1].map((one) => one.toFixed(2)).join(' / ');
