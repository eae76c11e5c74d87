import { DAY, type Instant, SECOND, toText } from '../kernel/index.ts';
import type { Component, Working } from './nouns.ts';
import { type Course, isUnderWay, workingAt, worse } from './standing.ts';

/** How many days the bars show, today included. */
export const DAYS = 90;

/** A day on which a component did not work as it should, or was maintained. */
export interface DayOfTrouble {
  /** `2026-11-28`, in UTC. */
  readonly day: string;
  /** The worst of the day. */
  readonly status: Working | 'under_maintenance';
  /** How long it was degraded, partly out or out, in seconds; maintenance is not counted. */
  readonly seconds: number;
}

/** The days of a component: those that are not listed were without trouble. */
export interface Uptime {
  readonly from: string;
  readonly to: string;
  /** The first day that is known. */
  readonly since: string;
  /** Of the time that is known, without maintenance: a whole outage counts whole, a partial one three tenths. */
  readonly percent?: number;
  readonly days: readonly DayOfTrouble[];
}

const weights: Readonly<Record<Working, number>> = {
  operational: 0,
  degraded_performance: 0,
  partial_outage: 0.3,
  major_outage: 1,
};

/** `2026-11-28` of an instant, in UTC. */
export const dayOf = (at: Instant): string => toText(at).slice(0, 10);

/** The beginning of the day of an instant, in UTC. */
export const startOfDay = (at: Instant): Instant => Math.floor(at / DAY) * DAY;

/** How a component did in the last 90 days, from what was recorded; what lies before it existed is not known. */
export function uptimeOf({ createdAt }: Pick<Component, 'createdAt'>, course: Course, now: Instant): Uptime {
  const first = startOfDay(now) - (DAYS - 1) * DAY;
  const begin = Math.max(first, Math.min(createdAt, now));
  const tallies = new Map<string, Tally>();
  for (const span of spansOf(course, begin, now)) {
    const day = dayOf(span.from);
    tallies.set(day, added(tallies.get(day) ?? none, span));
  }
  const whole = [...tallies.values()].reduce(
    (sum, one) => ({ known: sum.known + one.known, lost: sum.lost + one.lost }),
    {
      known: 0,
      lost: 0,
    },
  );
  return {
    from: dayOf(first),
    to: dayOf(now),
    since: dayOf(begin),
    ...(whole.known > 0 && { percent: rounded(100 * (1 - whole.lost / whole.known)) }),
    days: [...tallies].flatMap(([day, tally]) => troubleOf(day, tally)),
  };
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
  /** Undefined under maintenance. */
  readonly working: Working | undefined;
}

/** Pieces of time in which nothing changes; none reaches over midnight. */
function spansOf(course: Course, begin: Instant, end: Instant): readonly Span[] {
  const midnights = Array.from({ length: DAYS }, (_, i) => startOfDay(end) - i * DAY);
  const turns = course.voices.flatMap((voice) => voice.map(({ at }) => at));
  const bounds = course.maintenance.flatMap(({ from, until }) => [from, until]);
  const inside = [...midnights, ...turns, ...bounds].filter((at) => begin < at && at < end);
  const edges = [...new Set([begin, ...inside, end])].sort((a, b) => a - b);
  return edges.slice(1).map((to, i) => {
    const from = edges[i] ?? begin;
    const isMaintained = course.maintenance.some((one) => isUnderWay(one, from));
    return { from, to, working: isMaintained ? undefined : workingAt(course, from) };
  });
}

interface Tally {
  /** Time that counts, of it lost by weight, of it in any trouble; in milliseconds. */
  readonly known: number;
  readonly lost: number;
  readonly troubled: number;
  readonly worst: Working;
  readonly isMaintained: boolean;
}

const none: Tally = { known: 0, lost: 0, troubled: 0, worst: 'operational', isMaintained: false };

function added(tally: Tally, { from, to, working }: Span): Tally {
  if (working === undefined) return { ...tally, isMaintained: true };
  const length = to - from;
  return {
    known: tally.known + length,
    lost: tally.lost + length * weights[working],
    troubled: tally.troubled + (working === 'operational' ? 0 : length),
    worst: worse(tally.worst, working),
    isMaintained: tally.isMaintained,
  };
}

function troubleOf(day: string, { worst, isMaintained, troubled }: Tally): readonly DayOfTrouble[] {
  const status = worst === 'operational' && isMaintained ? 'under_maintenance' : worst;
  return status === 'operational' ? [] : [{ day, status, seconds: Math.round(troubled / SECOND) }];
}

/** To hundredths, never up to 100 while something was lost. */
const rounded = (percent: number): number => Math.floor(percent * 100) / 100;
