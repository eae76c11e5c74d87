import type * as z from 'zod';
import { knownSeverity } from '../alerts/index.ts';
import { viewIncident } from '../incidents/index.ts';
import { type Instant, SECOND, toText } from '../kernel/index.ts';
import type { eventView, timelineView } from './api.ts';
import type { TimelineEvent } from './event.ts';
import { type Phase, phaseWords } from './phases.ts';
import { type Point, type PointsFound, pointNames } from './points.ts';
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
    points: pointNames.flatMap((point) => viewPoint(points[point])),
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
    ...(timeline.moreChanges && { moreChanges: true }),
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

function viewPoint(point: Point | undefined): TimelineView['points'] {
  return point ? [{ ...point, at: toText(point.at) }] : [];
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
    ...(begin && { begin: begin.name }),
    ...(end && { end: end.name, why: end.why }),
  };
}

/** A timeline as it was before it became text, for those who draw it from an answer. */
export function timelineIn(view: TimelineView, events: readonly EventView[]): DrawnTimeline {
  const found: PointsFound = Object.fromEntries(
    view.points.map((point) => [point.name, { ...point, at: Date.parse(point.at) }]),
  );
  const { name, title } = view.incident;
  return {
    ...{ name, title, at: Date.parse(view.at), from: Date.parse(view.from), to: Date.parse(view.to) },
    points: found,
    ...(view.moreChanges && { moreChanges: true }),
    phases: view.phases.map((phase) => phaseIn(phase, found)),
    bottlenecks: view.bottlenecks.map(({ seconds, ...rest }) => ({ ...rest, took: seconds * SECOND })),
    gaps: view.gaps.map(({ from, to, severity, question }) => ({
      ...{ from: Date.parse(from), to: Date.parse(to), severity, question },
    })),
    events: events.map(({ at, learnedAt, ...event }) => ({
      ...(event as Omit<TimelineEvent, 'at' | 'learnedAt'>),
      ...{ at: Date.parse(at), learnedAt: Date.parse(learnedAt) },
    })),
  };
}

/** What can be drawn and written of a timeline without the incident itself. */
export type DrawnTimeline = Omit<Timeline, 'incident'>;

function phaseIn(view: TimelineView['phases'][number], points: PointsFound): Phase {
  const { name, state } = view;
  const [from, to] = [Date.parse(view.from ?? ''), Date.parse(view.to ?? '')];
  const [begin, end] = [view.begin && points[view.begin], view.end && points[view.end]];
  const evidence = { ...(begin && { begin }), ...(end && { end }) };
  if (state === 'done') return { name, state, from, to, ...evidence };
  return state === 'ongoing' ? { name, state, from, ...evidence } : { name, state, ...evidence };
}
