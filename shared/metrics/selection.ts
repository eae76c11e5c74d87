import type { Severity } from '../alerts/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { DurationState } from './durations.ts';
import type { MeasureName } from './measures.ts';
import { phaseLengths } from './phases.ts';
import type { Sample } from './sample.ts';
import { type Standing, standingOf } from './targets.ts';
import type { Zone } from './zone.ts';

/** What a question is about: incidents that were opened in a window, `to` excluded, of some kind. */
export interface Scope {
  readonly from: Instant;
  readonly to: Instant;
  readonly severity?: Severity | undefined;
  /** `-` for those of none, here and below. */
  readonly team?: string | undefined;
  readonly service?: string | undefined;
  readonly component?: string | undefined;
}

/** Which times of the week, by the calendar of the zone. */
export const times = ['weekdays', 'weekend', 'working-hours', 'off-hours'] as const;
export type Times = (typeof times)[number];

/**
 * `phased`: over, and it is known how its time divides into phases. `unanswered`: opened by alerts, and over before anybody
 * acknowledged it.
 */
export const kinds = ['phased', 'unanswered'] as const;
export type Kind = (typeof kinds)[number];

/** Which incidents stand behind a number. */
export interface Selection extends Scope {
  readonly measure?: MeasureName | undefined;
  /** Of the measure. */
  readonly state?: DurationState | undefined;
  /** How it stands to the target of the measure. */
  readonly standing?: Standing | undefined;
  /** From 0, Monday, and from 0. */
  readonly weekday?: number | undefined;
  readonly hour?: number | undefined;
  readonly times?: Times | undefined;
  readonly open?: boolean | undefined;
  readonly only?: Kind | undefined;
}

/** Stands for the group of those that name none. */
export const NONE = '-';

const fits = (wanted: string | undefined, has: string | undefined): boolean =>
  wanted === undefined || (wanted === NONE ? has === undefined : has === wanted);

/** Whether a sample is of the kind that the scope names, whenever it was opened. */
export function isOfKind(
  sample: Sample,
  { severity, team, service, component }: Omit<Scope, 'from' | 'to'>,
): boolean {
  return (
    (severity === undefined || sample.severity === severity) &&
    fits(team, sample.team) &&
    fits(service, sample.service) &&
    (component === undefined ||
      (component === NONE ? sample.components.length === 0 : sample.components.includes(component)))
  );
}

/** Whether a sample is in the scope. */
export function isInScope(sample: Sample, scope: Scope): boolean {
  return sample.openedAt >= scope.from && sample.openedAt < scope.to && isOfKind(sample, scope);
}

/** Whether a sample stands behind the number that the selection names. */
export function isSelected(sample: Sample, wanted: Selection, zone: Zone): boolean {
  const { measure, state, standing, open } = wanted;
  if (open === true ? !sample.open || !isOfKind(sample, wanted) : !isInScope(sample, wanted)) return false;
  if (measure !== undefined && state !== undefined && sample.durations[measure].state !== state) return false;
  if (measure !== undefined && standing !== undefined) {
    if (standingOf(sample, measure)?.standing !== standing) return false;
  }
  return isOnly(sample, wanted.only) && isInTimes(sample.openedAt, wanted, zone);
}

/** Whether a sample is of this kind; every one is of none. */
export function isOnly(sample: Sample, kind: Kind | undefined): boolean {
  if (kind === undefined) return true;
  if (kind === 'phased') return phaseLengths(sample) !== undefined;
  const { open, durations, points } = sample;
  const byAlerts = durations.mttd.state !== 'not-applicable' && points.detected !== undefined;
  return !open && byAlerts && durations.mtta.state === 'not-applicable';
}

function isInTimes(at: Instant, { weekday, hour, times: when }: Selection, zone: Zone): boolean {
  if (weekday === undefined && hour === undefined && when === undefined) return true;
  const local = zone.local(at);
  return (
    (weekday === undefined || local.weekday === weekday) &&
    (hour === undefined || local.hour === hour) &&
    (when === undefined || isAt(when, local))
  );
}

/** Whether a place in the week is of these times; working hours are 9 to 17 from Monday to Friday. */
export function isAt(
  when: Times,
  { weekday, hour }: { readonly weekday: number; readonly hour: number },
): boolean {
  const isWeekend = weekday >= 5;
  const isWork = !isWeekend && hour >= 9 && hour < 17;
  return { weekdays: !isWeekend, weekend: isWeekend, 'working-hours': isWork, 'off-hours': !isWork }[when];
}

/** The selection as the query of an address; times in RFC 3339 are left to whoever writes them. */
export function selectionQuery(
  selection: Selection,
  zone: string,
  timeText: (at: Instant) => string,
): string {
  const { from, to, ...rest } = selection;
  const asked = new URLSearchParams({ from: timeText(from), to: timeText(to) });
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) asked.set(name, String(value));
  if (zone !== 'UTC') asked.set('zone', zone);
  return asked.toString();
}
