import type { Instant } from '../kernel/index.ts';

/** When an alert fired and was resolved, each sorted. */
export interface Times {
  readonly firings: readonly Instant[];
  readonly resolves: readonly Instant[];
  /**
   * When each firing ends by itself, in their order; 0 for one that goes on until it is resolved. Absent when all do.
   */
  readonly untils?: readonly Instant[];
  /** The last such end that is known to have come without anything newer. */
  readonly lapsed?: Instant;
}

/** One stretch for which an alert was on: its first and last firing, and the resolve that ended it. */
export interface Occurrence {
  readonly from: Instant;
  readonly last: Instant;
  readonly to?: Instant;
}

/** The most events that one head keeps. Late deliveries are decided exactly while no alert changes more often within the hold time. */
export const MAX_EVENTS = 16;

interface Event {
  readonly at: Instant;
  readonly kind: 'firing' | 'resolve';
  readonly until: Instant;
}

/** An occurrence, and when it ends by itself where nothing else ends it. */
interface Stretch extends Occurrence {
  readonly until: Instant;
}

const NEVER = Number.POSITIVE_INFINITY;

/** By time; of two at the same time the resolve is the later one. */
function eventsOf({ firings, resolves, untils = [] }: Times): readonly Event[] {
  return [
    ...firings.map((at, i): Event => ({ at, kind: 'firing', until: untils[i] || NEVER })),
    ...resolves.map((at): Event => ({ at, kind: 'resolve', until: 0 })),
  ].sort((a, b) => a.at - b.at || (a.kind === 'firing' ? -1 : 1));
}

/**
 * The occurrences, by time. A resolve of what is over already means nothing. What ends by itself has ended when something comes
 * after that, or when it is known to have lapsed.
 */
export function occurrencesOf(times: Times): readonly Occurrence[] {
  return stretchesOf(times).map(({ until: _, ...occurrence }) => occurrence);
}

/** When the current occurrence ends by itself; undefined when it is over, or goes on until it is resolved. */
export function endsBy(times: Times): Instant | undefined {
  const last = stretchesOf(times).at(-1);
  return last && last.to === undefined && last.until !== NEVER ? last.until : undefined;
}

/** When it ended last, where that end is one that nobody told of; undefined while it is on, and where a resolve ended it. */
export function ownEnd(times: Times): Instant | undefined {
  const { to } = occurrencesOf(times).at(-1) ?? {};
  return to === undefined || times.resolves.includes(to) ? undefined : to;
}

function stretchesOf(times: Times): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const put = (stretch: Stretch) => stretches.splice(-1, 1, stretch);
  const goingOn = (): Stretch | undefined => {
    const last = stretches.at(-1);
    return last?.to === undefined ? last : undefined;
  };
  for (const { at, kind, until } of eventsOf(times)) {
    const before = goingOn();
    if (before && before.until < at) put({ ...before, to: before.until });
    const current = goingOn();
    if (kind === 'resolve') {
      if (current) put({ ...current, to: at });
    } else if (current) put({ ...current, last: at, until: Math.max(current.until, until) });
    else stretches.push({ from: at, last: at, until });
  }
  const current = goingOn();
  if (current && current.until <= (times.lapsed ?? 0)) put({ ...current, to: current.until });
  return stretches;
}

/** What becomes of one past occurrence, named by its beginning: what it is now, or that there is none that begins then. */
export interface PastChange {
  readonly from: Instant;
  readonly occurrence?: Occurrence;
}

/** How the occurrences before the current one differ; what is not told of stays as it was. */
export function pastChanges(before: Times, after: Times): readonly PastChange[] {
  const old = new Map(pastOf(before).map((occurrence) => [occurrence.from, occurrence]));
  const now = new Map(pastOf(after).map((occurrence) => [occurrence.from, occurrence]));
  const gone = [...old.keys()].filter((from) => !now.has(from)).map((from) => ({ from }));
  const put = [...now]
    .filter(([from, { last, to }]) => old.get(from)?.last !== last || old.get(from)?.to !== to)
    .map(([from, occurrence]) => ({ from, occurrence }));
  return [...gone, ...put];
}

const pastOf = (times: Times): readonly Occurrence[] => occurrencesOf(times).slice(0, -1);

/** The occurrence that a firing belongs to. */
export function occurrenceAt(occurrences: readonly Occurrence[], firedAt: Instant): Occurrence | undefined {
  return occurrences.find(({ from, last }) => from <= firedAt && firedAt <= last);
}

/**
 * The times without one event: the first that stands between two of its own kind, else the oldest. A firing is between only where
 * it carries on what the one before began, which then ends as late as both: so no occurrence is cut in two, or ends too early.
 */
export function shortened(times: Times): Pick<Times, 'firings' | 'resolves' | 'untils'> {
  const events = eventsOf(times);
  const stretches = occurrencesOf(times);
  const between = events.findIndex(({ kind, at }, i) => {
    const before = events[i - 1];
    if (before?.kind !== kind || events[i + 1]?.kind !== kind) return false;
    return kind === 'resolve' || stretches.some(({ from, last }) => from <= before.at && at <= last);
  });
  const place = Math.max(0, between);
  const until = events[place]?.until ?? 0;
  const kept = events.flatMap((event, i) => {
    if (i === place) return [];
    return i === between - 1 ? { ...event, until: Math.max(event.until, until) } : event;
  });
  const firings = kept.filter(({ kind }) => kind === 'firing');
  return {
    firings: firings.map(({ at }) => at),
    resolves: kept.filter(({ kind }) => kind === 'resolve').map(({ at }) => at),
    ...(times.untils && { untils: firings.map((one) => (one.until === NEVER ? 0 : one.until)) }),
  };
}
