import { type Incident, nameOf as incidentName } from '../incidents/index.ts';
import type { Instant } from '../kernel/index.ts';
import { type Bottleneck, bottlenecksOf } from './bottlenecks.ts';
import type { TimelineEvent } from './event.ts';
import { eventsOf } from './events.ts';
import { type Gap, gapsOf } from './gaps.ts';
import { type Phase, phasesOf } from './phases.ts';
import { type PointsFound, pointsOf } from './points.ts';
import type { TimelineSources } from './sources.ts';

/** What happened around an incident, in order, and what follows from it. */
export interface Timeline {
  readonly incident: Incident;
  /** Such as `INC-12`. */
  readonly name: string;
  readonly title: string;
  /** Up to when it tells. */
  readonly at: Instant;
  /** From its first event, or the beginning of the harm, to its last, or now while it lasts. */
  readonly from: Instant;
  readonly to: Instant;
  readonly points: PointsFound;
  readonly phases: readonly Phase[];
  readonly gaps: readonly Gap[];
  readonly bottlenecks: readonly Bottleneck[];
  readonly events: readonly TimelineEvent[];
  /** There were more changes around it than its events have. */
  readonly moreChanges?: boolean;
}

/** The timeline of an incident: a fold over its log and what happened beside it. */
export function timelineOf(sources: TimelineSources, now: Instant): Timeline {
  const { incident, facts } = sources;
  const events = eventsOf(sources);
  const points = pointsOf(sources);
  const phases = phasesOf(points);
  const gaps = gapsOf(facts, points, now);
  const times = [...events.map(({ at }) => at), ...Object.values(points).map(({ at }) => at)];
  const last = times.reduce((a, b) => Math.max(a, b), incident.openedAt);
  return {
    ...{
      incident,
      name: incidentName(incident),
      title: incident.title,
      at: now,
      points,
      phases,
      gaps,
      events,
    },
    from: times.reduce((a, b) => Math.min(a, b), incident.openedAt),
    to: incident.state === 'resolved' ? last : Math.max(last, now),
    bottlenecks: bottlenecksOf(facts, phases, gaps, now),
    ...(sources.moreChanges && { moreChanges: true }),
  };
}
