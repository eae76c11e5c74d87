import type * as z from 'zod';
import type { Instant } from '../kernel/index.ts';
import { toText } from '../kernel/index.ts';
import type { metricsApi } from './api.ts';
import { bandOf, benchmarks } from './benchmarks.ts';
import { type Grouping, groupings, groupsOf } from './grouping.ts';
import { measureNames } from './measures.ts';
import { profileOf } from './profile.ts';
import type { Sample } from './sample.ts';
import { isInScope, isOfKind, NONE, type Scope } from './selection.ts';
import { lengthsOf, type Summary, statisticOf, summaryOf } from './statistics.ts';
import { ENOUGH_TO_SUGGEST, suggestionsOf } from './suggestions.ts';
import { countStandings, targetMeasures } from './targets.ts';
import { seriesOf, slopeOf } from './trend.ts';
import { behindAddress, mapped, urgencyOf, viewGroup, viewSample, viewSummary } from './view.ts';
import { type Zone, zoneOf } from './zone.ts';

export type DashboardView = z.input<(typeof metricsApi)['get-dashboard']['answer']>;

/** What metrics are made of: every incident of the window, of the one before, and those that are open. */
export interface Material {
  readonly samples: readonly Sample[];
  readonly scope: Scope;
  readonly zone: string;
  readonly now: Instant;
  /** The name of a group, where it is called otherwise than by its key. */
  readonly nameOf: (by: Grouping, key: string) => string | undefined;
}

/** The window of the same length before. */
export const before = (scope: Scope): Scope => ({
  ...scope,
  from: scope.from - (scope.to - scope.from),
  to: scope.from,
});

const [MOST_OPEN, MOST_GROUPS] = [50, 50];

type Folded = Omit<DashboardView, 'leftOut' | 'targets'>;

/** All that the dashboard shows, but for what only the table knows. */
export function dashboardOf(material: Material): Folded {
  const { scope, zone: name, now } = material;
  const zone = zoneOf(name);
  const samples = material.samples.filter((sample) => isInScope(sample, scope));
  const earlier = before(scope);
  const past = material.samples.filter((sample) => isInScope(sample, earlier));
  const summary = summaryOf(samples);
  return {
    ...{ at: toText(now), from: toText(scope.from), to: toText(scope.to), zone: name, total: samples.length },
    incidents: behindAddress(scope, name),
    measures: viewSummary(summary, scope, name),
    previous: {
      ...{ from: toText(earlier.from), to: toText(earlier.to), total: past.length },
      measures: viewSummary(summaryOf(past), earlier, name),
    },
    open: openOf(material),
    standings: mapped(targetMeasures, (measure) => countStandings(samples, measure)),
    trend: trendOf(samples, scope, zone),
    profile: profileView(samples, scope, zone),
    groups: mapped(groupings, (by) => viewGroups(samples, by, material).slice(0, MOST_GROUPS)),
    suggestions: suggestionsOf(samples, zone).map(({ of, ...rest }) => ({
      ...rest,
      incidents: behindAddress({ ...scope, ...of }, name),
    })),
    benchmarks: comparedBenchmarks(summary),
  };
}

/** The groups of some incidents, each with a selection of its own. */
export function viewGroups(samples: readonly Sample[], by: Grouping, { scope, zone, nameOf }: Material) {
  return groupsOf(samples, by).map((group) => {
    const name = group.key === NONE ? `No ${by}` : (nameOf(by, group.key) ?? group.key);
    return viewGroup(group, name, { ...scope, [by]: group.key }, zone);
  });
}

/** Those that are open, whenever they were opened. */
function openOf({ samples, scope, zone }: Material): DashboardView['open'] {
  const open = samples.filter((sample) => sample.open && isOfKind(sample, scope));
  const ordered = open
    .map((sample) => ({ sample, urgency: urgencyOf(sample) }))
    .sort((a, b) => b.urgency - a.urgency || a.sample.openedAt - b.sample.openedAt);
  return {
    total: open.length,
    items: ordered.slice(0, MOST_OPEN).map(({ sample }) => viewSample(sample)),
    incidents: behindAddress({ ...scope, open: true }, zone),
  };
}

function trendOf(samples: readonly Sample[], scope: Scope, zone: Zone): DashboardView['trend'] {
  const series = seriesOf(samples, scope, zone);
  return {
    step: series.step,
    buckets: series.buckets.map(({ from, to, samples: inside }) => ({
      ...{ from: toText(from), to: toText(to), total: inside.length },
      medians: mediansOf(inside, (n, medianMs) => ({ n, medianMs })),
      incidents: behindAddress({ ...scope, from, to }, zone.name),
    })),
    slopes: mapped(measureNames, (measure) => {
      const slope = slopeOf(series, measure);
      return slope.shown ? { shown: true, perWeekMs: slope.perWeek, direction: slope.direction } : slope;
    }),
  };
}

function profileView(samples: readonly Sample[], scope: Scope, zone: Zone): DashboardView['profile'] {
  const profile = profileOf(samples, zone);
  if (!profile.shown) return profile;
  return {
    shown: true,
    cells: profile.cells.map(({ weekday, hour, samples: inside }) => ({
      ...{ weekday, hour, total: inside.length },
      medians: mediansOf(inside, (_, medianMs) => medianMs),
      incidents: behindAddress({ ...scope, weekday, hour }, zone.name),
    })),
  };
}

/** The median of each measure that has any. */
function mediansOf<Value>(samples: readonly Sample[], make: (n: number, median: number) => Value) {
  return Object.fromEntries(
    measureNames.flatMap((measure) => {
      const { n, median } = statisticOf(lengthsOf(samples, measure));
      return median === undefined ? [] : [[measure, make(n, median)]];
    }),
  ) as Record<string, Value>;
}

function comparedBenchmarks(summary: Summary): DashboardView['benchmarks'] {
  return benchmarks.map(({ bands, ...benchmark }) => {
    const { n, median } = summary[benchmark.measure];
    const told = n >= ENOUGH_TO_SUGGEST && median !== undefined;
    const band = told ? bandOf({ bands, ...benchmark }, median)?.name : undefined;
    return {
      ...benchmark,
      bands: bands.map(({ name, atMost, words }) => ({ name, words, atMostMs: atMost })),
      ...(told && { ours: { n, medianMs: median, ...(band !== undefined && { band }) } }),
    };
  });
}
