import { isOpen } from '../incidents/index.ts';
import { type Duration, type Instant, MINUTE } from '../kernel/index.ts';
import type { PointName } from '../timeline/index.ts';
import type { Head } from './head.ts';
import { type MeasureName, measureNames, measures } from './measures.ts';

/** The states of a duration. Only what is recorded enters a statistic. */
export const durationStates = ['recorded', 'pending', 'not-applicable', 'invalid'] as const;
export type DurationState = (typeof durationStates)[number];

/** How long something took; or how long it has taken so far; or why there is no such length. */
export type Measured =
  | { readonly state: 'recorded'; readonly ms: Duration }
  | { readonly state: 'pending'; readonly soFar: Duration }
  | { readonly state: 'not-applicable' | 'invalid'; readonly why: string };

export type Durations = Readonly<Record<MeasureName, Measured>>;

/** Clocks of two functions differ by less. */
const TOLERANCE = MINUTE;

/** Every duration of an incident as it stands now. */
export function durationsOf(incident: Head, now: Instant): Durations {
  const points = headPoints(incident);
  const entries = measureNames.map((name) => [name, durationOf(name, { incident, points, now })]);
  return Object.fromEntries(entries);
}

/** When the points of a timeline were reached, as far as the head of an incident knows. */
export function headPoints(incident: Head): Readonly<Partial<Record<PointName, Instant>>> {
  const { openedAt: impact, points } = incident;
  return {
    impact,
    ...(points && { detected: points.detectedAt }),
    ...(points?.acknowledgedAt !== undefined && { acknowledged: points.acknowledgedAt }),
    ...(points?.mitigatedAt !== undefined && { mitigated: points.mitigatedAt }),
    ...(incident.state === 'resolved' && { resolved: incident.resolvedAt }),
  };
}

interface Known {
  readonly incident: Head;
  readonly points: ReturnType<typeof headPoints>;
  readonly now: Instant;
}

function durationOf(name: MeasureName, { incident, points, now }: Known): Measured {
  const { from, to } = measures[name];
  const reason = beyond(name, incident);
  if (reason !== undefined) return { state: 'not-applicable', why: reason };
  const [begin, end] = [points[from] ?? Number.NaN, points[to]];
  if (!Number.isFinite(begin)) return invalid(`It is not known when it was ${from}.`);
  if (begin > now + TOLERANCE) return invalid('It begins in the future.');
  if (end === undefined) {
    if (isOpen(incident)) return { state: 'pending', soFar: Math.max(0, now - begin) };
    return { state: 'not-applicable', why: never[to] ?? 'It was over without that.' };
  }
  if (!Number.isFinite(end)) return invalid(`It is not known when it was ${to}.`);
  if (end > now + TOLERANCE) return invalid('It ends in the future.');
  return end < begin ? invalid('It ends before it begins.') : { state: 'recorded', ms: end - begin };
}

const invalid = (why: string): Measured => ({ state: 'invalid', why });

/** Why the measure does not make sense for the incident at all. */
function beyond(name: MeasureName, incident: Head): string | undefined {
  if (incident.deletedAt !== undefined) return 'The incident was deleted.';
  if (isMerged(incident)) return 'The incident was merged into another one.';
  if (name === 'mttd' && incident.correlation === undefined) return 'A person declared the incident.';
  return incident.points === undefined && name !== 'mttr' ? 'An earlier version recorded it.' : undefined;
}

const never: Readonly<Partial<Record<PointName, string>>> = {
  acknowledged: 'It was over before anybody acknowledged it.',
  mitigated: 'It was over, and nobody had said when the harm ended.',
};

/** Whether an incident was found to be a part of another one. */
export function isMerged(incident: Head): boolean {
  return incident.state === 'resolved' && incident.mergedInto !== undefined;
}
