import { scaleUtc } from 'd3-scale';
import { DAY, type Duration, HOUR, type Instant, MINUTE, SECOND, toText } from '../kernel/index.ts';
import { type Lane, lanes, type TimelineEvent } from './event.ts';
import type { Phase, PhaseName } from './phases.ts';
import type { DrawnTimeline } from './view.ts';

/** Which part is drawn, and how wide, in pixels. */
export interface View {
  readonly from: Instant;
  readonly to: Instant;
  readonly width: number;
  /** The rows that are drawn; those without any event are left out all the same. */
  readonly lanes?: readonly Lane[];
}

/** A stretch of time in pixels. */
interface Stretch {
  readonly x: number;
  readonly width: number;
}

export interface PhaseBar extends Stretch {
  readonly name: PhaseName;
  readonly ongoing: boolean;
  readonly y: number;
}

/** One or more events that lie too close to be drawn apart. */
export interface Mark {
  readonly lane: Lane;
  readonly x: number;
  readonly y: number;
  readonly events: readonly TimelineEvent[];
  /** One of them is of those that matter. */
  readonly key: boolean;
}

/** The places of everything in the drawing; what paints it adds colours and words. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
  readonly phases: readonly PhaseBar[];
  readonly gaps: readonly (Stretch & { readonly index: number })[];
  readonly rows: readonly { readonly lane: Lane; readonly y: number }[];
  readonly marks: readonly Mark[];
}

/** Measures of the drawing in pixels: the room for the names of rows, the height of each, and of what is above them. */
export const measures = {
  margin: 96,
  right: 16,
  row: 32,
  phase: 18,
  axis: 22,
  radius: 6,
  apart: 14,
} as const;

/**
 * The part of a timeline that is worth looking at first: from shortly before the harm began to shortly after the end, with a twentieth
 * of that around it, and a second at least.
 */
export function viewOf({ points, from, to }: DrawnTimeline, width: number): View {
  const begin = points.impact?.at ?? from;
  const room = Math.max(SECOND, (to - begin) / 20);
  return { from: begin - room, to: to + room, width };
}

/** Where everything of a timeline lies. What is before or after the view is gathered at its edge, so that nothing is hidden. */
export function drawingOf(timeline: DrawnTimeline, view: View): Drawing {
  const { margin, right, row, phase, axis } = measures;
  const width = Math.max(margin + right + 100, view.width);
  const scale = scaleUtc<number>()
    .domain([view.from, Math.max(view.to, view.from + SECOND)])
    .range([margin, width - right])
    .clamp(true);
  const shown = new Set(view.lanes ?? lanes);
  const present = lanes.filter((lane) => shown.has(lane) && timeline.events.some((one) => one.lane === lane));
  const top = axis + 2 * phase + 8;
  const rows = present.map((lane, i) => ({ lane, y: top + i * row + row / 2 }));
  return {
    ...{ width, rows, height: top + Math.max(1, rows.length) * row + 8 },
    ticks: ticksOf(scale, view),
    phases: timeline.phases.flatMap((one) => barOf(one, timeline.at, scale) ?? []),
    gaps: timeline.gaps.flatMap(({ from, to }, index) => {
      const stretch = stretchOf(from, to, scale);
      return stretch ? [{ ...stretch, index }] : [];
    }),
    marks: rows.flatMap(({ lane, y }) => marksOf(timeline.events, lane, y, scale)),
  };
}

type Scale = (at: Instant) => number;
type TimeScale = Scale & { ticks(count: number): readonly Date[] };

function stretchOf(from: Instant, to: Instant, scale: Scale): Stretch | undefined {
  const [x, end] = [scale(from), scale(to)];
  return end - x < 1 ? undefined : { x, width: end - x };
}

function barOf(phase: Phase, now: Instant, scale: Scale): PhaseBar | undefined {
  if (phase.state !== 'done' && phase.state !== 'ongoing') return undefined;
  const ongoing = phase.state === 'ongoing';
  const stretch = stretchOf(phase.from, phase.state === 'done' ? phase.to : now, scale);
  const y = measures.axis + (phase.name === 'impact' ? 0 : measures.phase + 2);
  return stretch && { ...stretch, name: phase.name, ongoing, y };
}

/** A letter of a time is some six pixels wide; half of them stand to its right. */
const HALF_LETTER = 3.2;

/** Times that are whole seconds, since what is shorter has no name, and that can be written before the edge. */
function ticksOf(scale: TimeScale, { from, to, width }: View): Drawing['ticks'] {
  const span = to - from;
  const count = Math.max(2, Math.min(10, Math.floor(width / (span > WITH_DAY ? 160 : 110))));
  const times = scale
    .ticks(count)
    .map((date) => date.getTime())
    .filter((at) => at % SECOND === 0);
  const apart = (times[1] ?? to) - (times[0] ?? from);
  const ticks = times
    .map((at) => ({ x: scale(at), text: tickText(at, apart, span) }))
    .filter(({ x, text }) => x + text.length * HALF_LETTER <= width);
  return withRoom(ticks);
}

/** There can be twice as many as were asked for: so many are left out that no two touch. */
function withRoom(ticks: Drawing['ticks']): Drawing['ticks'] {
  const [first, second] = ticks;
  if (!first || !second) return ticks;
  const nth = Math.ceil((2 * first.text.length * HALF_LETTER + HALF_LETTER) / (second.x - first.x));
  return ticks.filter((_, i) => i % nth === 0);
}

/** Where the view is longer, times have their day. */
const WITH_DAY = 20 * HOUR;

/** With seconds where times lie less than a minute apart, and so on: no two read alike. */
function tickText(at: Instant, apart: Duration, span: Duration): string {
  const text = toText(at);
  if (apart >= DAY) return text.slice(5, 10);
  if (span > WITH_DAY) return `${text.slice(5, 10)} ${text.slice(11, 16)}`;
  return text.slice(11, apart < MINUTE ? 19 : 16);
}

/** The events of a row from left to right; one that would touch the mark before it joins that. */
function marksOf(events: readonly TimelineEvent[], lane: Lane, y: number, scale: Scale): readonly Mark[] {
  const marks: { readonly x: number; readonly events: TimelineEvent[] }[] = [];
  for (const event of events) {
    if (event.lane !== lane) continue;
    const x = scale(event.at);
    const last = marks.at(-1);
    if (last && x - last.x < measures.apart) last.events.push(event);
    else marks.push({ x, events: [event] });
  }
  return marks.map(({ x, events: together }) => ({
    ...{ lane, x, y, events: together },
    key: together.some(({ key }) => key),
  }));
}
