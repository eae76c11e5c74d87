import type { Duration, Instant } from '../kernel/index.ts';
import { type Point, type PointName, type PointsFound, pointNames } from './points.ts';
import { type Rest, restedIn } from './rests.ts';

/** `impact` is the whole time of harm; the others follow each other from its beginning to the end of the incident. */
export const phaseNames = [
  'impact',
  'detection',
  'acknowledgement',
  'mobilisation',
  'mitigation',
  'resolution',
] as const;
export type PhaseName = (typeof phaseNames)[number];

/** What a phase is, in words. */
export const phaseWords: Readonly<Record<PhaseName, string>> = {
  impact: 'from the first sign of harm until it ended',
  detection: 'until an incident was opened',
  acknowledgement: 'until somebody acknowledged it',
  mobilisation: 'until somebody led or a second person was at work',
  mitigation: 'until the harm ended',
  resolution: 'until the incident was over',
};

/**
 * A stretch of an incident. `done` and `ongoing` ones have times; one is `skipped` when what ends it never happened or happened
 * before the phase could begin, and `pending` while another is going on.
 */
export type Phase =
  | ({
      readonly name: PhaseName;
      readonly state: 'done';
      readonly from: Instant;
      readonly to: Instant;
      /** How long it took, without the times in which the incident was resolved and not yet opened again. */
      readonly took: Duration;
    } & Evidence)
  | ({ readonly name: PhaseName; readonly state: 'ongoing'; readonly from: Instant } & Evidence)
  | ({ readonly name: PhaseName; readonly state: 'skipped' | 'pending' } & Evidence);

interface Evidence {
  readonly begin?: Point;
  readonly end?: Point;
}

const ends: Readonly<Record<Exclude<PhaseName, 'impact'>, PointName>> = {
  detection: 'detected',
  acknowledgement: 'acknowledged',
  mobilisation: 'mobilised',
  mitigation: 'mitigated',
  resolution: 'resolved',
};

/** The phases of an incident by the points that its log shows. */
export function phasesOf(points: PointsFound, rests: readonly Rest[] = []): readonly Phase[] {
  const begin = points.impact;
  if (!begin) return [];
  const phases: Phase[] = [impactOf(begin, points, rests)];
  let from = begin;
  let ongoing = false;
  for (const [name, ending] of Object.entries(ends) as [Exclude<PhaseName, 'impact'>, PointName][]) {
    const end = points[ending];
    if (end && end.at >= from.at) {
      phases.push({ name, ...done(from, end, rests) });
      from = end;
    } else if (end || isPast(ending, points)) phases.push({ name, state: 'skipped', ...(end && { end }) });
    else {
      phases.push(
        ongoing ? { name, state: 'pending' } : { name, state: 'ongoing', from: from.at, begin: from },
      );
      ongoing = true;
    }
  }
  return phases;
}

function done(begin: Point, end: Point, rests: readonly Rest[]) {
  const [from, to] = [begin.at, Math.max(begin.at, end.at)];
  const took = to - from - restedIn(rests, from, to);
  return { state: 'done' as const, from, to, took, begin, end };
}

function impactOf(begin: Point, { mitigated, resolved }: PointsFound, rests: readonly Rest[]): Phase {
  const end = mitigated ?? resolved;
  return end
    ? { name: 'impact', ...done(begin, end, rests) }
    : { name: 'impact', state: 'ongoing', from: begin.at, begin };
}

/** Whether something that comes after this point has been reached. */
const isPast = (name: PointName, points: PointsFound): boolean =>
  pointNames.slice(pointNames.indexOf(name) + 1).some((later) => points[later] !== undefined);
