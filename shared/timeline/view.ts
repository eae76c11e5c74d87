import type * as z from 'zod';
import { knownSeverity } from '../alerts/index.ts';
import { viewIncident } from '../incidents/index.ts';
import { type Instant, SECOND, toText } from '../kernel/index.ts';
import type { eventView, timelineView } from './api.ts';
import type { TimelineEvent } from './event.ts';
import { type Phase, phaseWords } from './phases.ts';
import { type PointName, pointNames } from './points.ts';
import type { Timeline } from './timeline.ts';

export type TimelineView = z.input<typeof timelineView>;
export type EventView = z.input<typeof eventView>;

/** A page of a timeline's events. */
export interface EventPage {
  readonly events: readonly TimelineEvent[];
  readonly next?: string;
}

/** A timeline as the API shows it: times are text, lengths are seconds. */
export function viewTimeline(timeline: Timeline, { events, next }: EventPage): TimelineView {
  const { incident, at, from, to, points, phases, gaps, bottlenecks } = timeline;
  const { id, name, title, state, severity } = viewIncident(incident);
  return {
    incident: { id, name, title, state, severity },
    ...{ at: toText(at), from: toText(from), to: toText(to) },
    points: pointNames.flatMap((point) => viewPoint(point, points[point])),
    phases: phases.map(viewPhase),
    gaps: gaps.map((gap) => ({
      ...span(gap.from, gap.to),
      ...{ severity: knownSeverity(gap.severity), question: gap.question },
    })),
    bottlenecks: bottlenecks.map(({ took, facts, ...rest }) => ({
      ...rest,
      ...{ seconds: took / SECOND, facts: [...facts] },
    })),
    total: timeline.events.length,
    items: events.map(viewEvent),
    ...(next !== undefined && { next }),
  };
}

/** An event as the API shows it. */
export function viewEvent({ at, learnedAt, lines, ...event }: TimelineEvent): EventView {
  return {
    ...event,
    ...{ at: toText(at), learnedAt: toText(learnedAt) },
    ...(lines && { lines: [...lines] }),
  };
}

function viewPoint(name: PointName, point: Timeline['points'][PointName]): TimelineView['points'] {
  return point ? [{ name, ...point, at: toText(point.at) }] : [];
}

const span = (from: Instant, to: Instant) => ({
  ...{ from: toText(from), to: toText(to), seconds: (to - from) / SECOND },
});

function viewPhase(phase: Phase): TimelineView['phases'][number] {
  const { name, state, begin, end } = phase;
  return {
    ...{ name, about: phaseWords[name], state },
    ...(state === 'done' && span(phase.from, phase.to)),
    ...(state === 'ongoing' && { from: toText(phase.from) }),
    ...(begin && { begin: begin.seq }),
    ...(end && { end: end.seq, why: end.why }),
  };
}

/** A timeline as it was before it became text, for those who draw it from an answer. */
export function timelineIn(view: TimelineView, events: readonly EventView[]): DrawnTimeline {
  const points = view.points.map(({ name, at, ...point }) => [name, { ...point, at: Date.parse(at) }]);
  return {
    ...{ at: Date.parse(view.at), from: Date.parse(view.from), to: Date.parse(view.to) },
    points: Object.fromEntries(points),
    phases: view.phases.map(phaseIn),
    gaps: view.gaps.map(({ from, to, severity, question }) => ({
      ...{ from: Date.parse(from), to: Date.parse(to), severity, question },
    })),
    events: events.map(({ at, learnedAt, ...event }) => ({
      ...(event as Omit<TimelineEvent, 'at' | 'learnedAt'>),
      ...{ at: Date.parse(at), learnedAt: Date.parse(learnedAt) },
    })),
  };
}

/** What a drawing needs of a timeline. */
export type DrawnTimeline = Pick<Timeline, 'at' | 'from' | 'to' | 'points' | 'phases' | 'gaps' | 'events'>;

function phaseIn({ name, state, from = '', to = '' }: TimelineView['phases'][number]): Phase {
  if (state === 'done') return { name, state, from: Date.parse(from), to: Date.parse(to) };
  return state === 'ongoing' ? { name, state, from: Date.parse(from) } : { name, state };
}
