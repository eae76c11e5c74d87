import { type Cell, csvOf, SECOND } from '../kernel/index.ts';
import { measureNames } from './measures.ts';
import { targetMeasures } from './targets.ts';
import type { MetricsIncident } from './view.ts';

const points = ['impact', 'detected', 'acknowledged', 'mitigated', 'resolved'] as const;

/** The names of the columns, in their order. */
export const csvColumns: readonly string[] = [
  ...['name', 'id', 'title', 'state', 'severity', 'service', 'team', 'components'],
  ...points.map((point) => `${point}_at`),
  ...measureNames.flatMap((measure) => [`${measure}_state`, `${measure}_seconds`, `${measure}_why`]),
  ...targetMeasures.flatMap((measure) => [`${measure}_target_seconds`, `${measure}_target_standing`]),
];

/** One row for each incident; the first page begins with the names of the columns. A pending duration is told as it is so far. */
export function incidentsCsv(incidents: readonly MetricsIncident[], withNames: boolean): string {
  const rows = incidents.map(rowOf);
  return csvOf(withNames ? [csvColumns, ...rows] : rows);
}

function rowOf(incident: MetricsIncident): readonly Cell[] {
  const { name, id, title, state, severity, service, team, components, durations, targets } = incident;
  return [
    ...[name, id, title, state, severity, service, team, components.join(' ')],
    ...points.map((point) => incident.points[point]),
    ...measureNames.flatMap((measure) => {
      const { state: of, ms, soFarMs, why } = durations[measure];
      return [of, seconds(ms ?? soFarMs), why];
    }),
    ...targetMeasures.flatMap((measure) => {
      const aim = targets[measure];
      return [seconds(aim?.targetMs), aim?.standing];
    }),
  ];
}

const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / SECOND);
