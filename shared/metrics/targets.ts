import type { Severity } from '../alerts/index.ts';
import type { Duration } from '../kernel/index.ts';
import type { Measured } from './durations.ts';
import type { Sample } from './sample.ts';

/** The measures that targets may be set for. */
export const targetMeasures = ['mtta', 'mttr'] as const;
export type TargetMeasure = (typeof targetMeasures)[number];

/** How long something may take, by severity; `overall` is for those that have none of their own. */
export interface TargetSet {
  readonly severity?: Readonly<Partial<Record<Severity, Duration>>>;
  readonly overall?: Duration;
}

export type Targets = Readonly<Partial<Record<TargetMeasure, TargetSet>>>;

/** A change of one set: what is absent stays, null removes. */
export interface TargetSetChange {
  readonly severity?: Readonly<Partial<Record<Severity, Duration | null | undefined>>> | undefined;
  readonly overall?: Duration | null | undefined;
}

export type TargetsChange = Readonly<Partial<Record<TargetMeasure, TargetSetChange | undefined>>>;

/** How a duration stands to its target. `warning` is open with a quarter of the time left, or less. */
export const standings = ['met', 'missed', 'on-track', 'warning', 'overdue'] as const;
export type Standing = (typeof standings)[number];

/** A duration beside its target; `left` is below zero where it took longer. */
export interface Aim {
  readonly target: Duration;
  readonly standing: Standing;
  readonly left: Duration;
}

/** From which share of its target on an open incident is warned of. */
export const WARN_FROM = 0.75;

/** The target for incidents of a severity. */
export function targetFor(
  targets: Targets,
  measure: TargetMeasure,
  severity: Severity,
): Duration | undefined {
  const set = targets[measure];
  return set?.severity?.[severity] ?? set?.overall;
}

/** How a duration stands to a target; nothing where it is neither recorded nor pending. */
export function aimOf(measured: Measured, target: Duration): Aim | undefined {
  if (measured.state === 'recorded') {
    const left = target - measured.ms;
    return { target, standing: left >= 0 ? 'met' : 'missed', left };
  }
  if (measured.state !== 'pending') return undefined;
  const left = target - measured.soFar;
  const standing = left < 0 ? 'overdue' : measured.soFar >= target * WARN_FROM ? 'warning' : 'on-track';
  return { target, standing, left };
}

/** How a measure of an incident stands to the target that held when it was opened, where there was one. */
export function standingOf(
  { severity, durations, targets }: Pick<Sample, 'severity' | 'durations' | 'targets'>,
  measure: string,
): Aim | undefined {
  const known = targetMeasures.find((one) => one === measure);
  const target = known && targetFor(targets, known, severity);
  return known && target !== undefined ? aimOf(durations[known], target) : undefined;
}

/** How many incidents stand how to their target. */
export function countStandings(
  samples: readonly Sample[],
  measure: TargetMeasure,
): Readonly<Record<Standing, number>> {
  const counts = Object.fromEntries(standings.map((one) => [one, 0])) as Record<Standing, number>;
  for (const sample of samples) {
    const aim = standingOf(sample, measure);
    if (aim) counts[aim.standing]++;
  }
  return counts;
}

/** The targets after a change. */
export function changedTargets(before: Targets, change: TargetsChange): Targets {
  const sets = targetMeasures.flatMap((measure) => {
    const set = changedSet(before[measure] ?? {}, change[measure] ?? {});
    return Object.keys(set).length > 0 ? [[measure, set] as const] : [];
  });
  return Object.fromEntries(sets);
}

function changedSet(
  before: TargetSet,
  { severity = {}, overall = before.overall }: TargetSetChange,
): TargetSet {
  const merged = { ...before.severity, ...withoutAbsent(severity) };
  const kept = Object.entries(merged).filter((entry): entry is [string, number] => entry[1] !== null);
  return {
    ...(kept.length > 0 && { severity: Object.fromEntries(kept) }),
    ...(overall !== null && overall !== undefined && { overall }),
  };
}

const withoutAbsent = (entries: object): object =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
