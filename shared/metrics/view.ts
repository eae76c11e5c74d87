import type * as z from 'zod';
import { incidentStates } from '../incidents/index.ts';
import { type Duration, type Instant, toText } from '../kernel/index.ts';
import type { groupView, metricsIncident, statisticView, summaryView } from './api-parts.ts';
import type { Measured } from './durations.ts';
import type { Group } from './grouping.ts';
import { measureNames } from './measures.ts';
import type { Sample } from './sample.ts';
import { type Selection, selectionQuery } from './selection.ts';
import { type Statistic, type Summary, summaryOf } from './statistics.ts';
import { type Aim, standingOf, type TargetMeasure, targetMeasures } from './targets.ts';

export type MetricsIncident = z.input<typeof metricsIncident>;
export type SummaryView = z.input<typeof summaryView>;
export type GroupView = z.input<typeof groupView>;

/** The address of the incidents behind a number. */
export const behindAddress = (selection: Selection, zone: string): string =>
  `/api/metrics/incidents?${selectionQuery(selection, zone, toText)}`;

/** An incident with its durations, as the API shows it. */
export function viewSample(sample: Sample): MetricsIncident {
  const { id, name, title, state, severity, service, team, components, points, durations } = sample;
  const aims = targetMeasures.flatMap((measure) => {
    const aim = standingOf(sample, measure);
    return aim ? [[measure, viewAim(aim)] as const] : [];
  });
  return {
    ...{ id, name, title, severity },
    state: incidentStates.includes(state) ? state : 'triggered',
    ...(service !== undefined && { service }),
    ...(team !== undefined && { team }),
    components: [...components],
    points: Object.fromEntries(
      Object.entries(points).flatMap(([point, at]) => (isTime(at) ? [[point, toText(at)]] : [])),
    ),
    durations: mapped(measureNames, (measure) => viewMeasured(durations[measure])),
    targets: Object.fromEntries(aims),
  };
}

/** What can be written as a time. */
const isTime = (at: Instant): boolean => Math.abs(at) <= 8.64e15;

function viewMeasured(measured: Measured) {
  const { state } = measured;
  if (measured.state === 'recorded') return { state, ms: measured.ms };
  return measured.state === 'pending' ? { state, soFarMs: measured.soFar } : { state, why: measured.why };
}

const viewAim = ({ target, standing, left }: Aim) => ({ targetMs: target, standing, leftMs: left });

/** A statistic as the API shows it. */
export function viewStatistic({ n, median, mean, p90 }: Statistic): z.input<typeof statisticView> {
  return {
    n,
    ...(median !== undefined && { medianMs: median }),
    ...(mean !== undefined && { meanMs: mean }),
    ...(p90 !== undefined && { p90Ms: p90 }),
  };
}

/** Each measure over the incidents of a selection, with the way to those that are recorded. */
export function viewSummary(summary: Summary, selection: Selection, zone: string): SummaryView {
  return mapped(measureNames, (measure) => ({
    ...viewStatistic(summary[measure]),
    states: summary[measure].states,
    incidents: behindAddress({ ...selection, measure, state: 'recorded' }, zone),
  }));
}

/** A group as the API shows it; `selection` names it. */
export function viewGroup(group: Group, name: string, selection: Selection, zone: string): GroupView {
  return {
    ...{ key: group.key, name, total: group.samples.length },
    measures: viewSummary(summaryOf(group.samples), selection, zone),
    incidents: behindAddress(selection, zone),
  };
}

/** A value for each of these names. */
export function mapped<Name extends string, Value>(
  names: readonly Name[],
  make: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}

/** How close an open incident is to any of its targets: the share that is used up; 0 where it has none. */
export function urgencyOf(sample: Sample): number {
  const used = (measure: TargetMeasure, ms: Duration) => {
    const aim = standingOf(sample, measure);
    return aim && aim.standing !== 'met' && aim.standing !== 'missed' ? ms / aim.target : 0;
  };
  const shares = targetMeasures.map((measure) => {
    const measured = sample.durations[measure];
    return measured.state === 'pending' ? used(measure, measured.soFar) : 0;
  });
  return Math.max(...shares);
}
