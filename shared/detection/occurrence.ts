import type { Instant } from '../kernel/index.ts';

/** When an alert fired and was resolved, each sorted. */
export interface Times {
  readonly firings: readonly Instant[];
  readonly resolves: readonly Instant[];
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
}

/** By time; of two at the same time the resolve is the later one. */
function eventsOf({ firings, resolves }: Times): readonly Event[] {
  return [
    ...firings.map((at): Event => ({ at, kind: 'firing' })),
    ...resolves.map((at): Event => ({ at, kind: 'resolve' })),
  ].sort((a, b) => a.at - b.at || (a.kind === 'firing' ? -1 : 1));
}

/** The occurrences, by time. A resolve of what is over already means nothing. */
export function occurrencesOf(times: Times): readonly Occurrence[] {
  const occurrences: Occurrence[] = [];
  for (const { at, kind } of eventsOf(times)) {
    const current = occurrences.at(-1);
    const isOn = current !== undefined && current.to === undefined;
    if (kind === 'resolve' && isOn) occurrences.splice(-1, 1, { ...current, to: at });
    if (kind === 'firing') {
      if (isOn) occurrences.splice(-1, 1, { ...current, last: at });
      else occurrences.push({ from: at, last: at });
    }
  }
  return occurrences;
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
export function occurrenceAt(times: Times, firedAt: Instant): Occurrence | undefined {
  return occurrencesOf(times).find(({ from, last }) => from <= firedAt && firedAt <= last);
}

/** The times without one event: the first that stands between two of its own kind, else the oldest. */
export function shortened(times: Times): Times {
  const events = eventsOf(times);
  const between = events.findIndex(
    ({ kind }, i) => events[i - 1]?.kind === kind && events[i + 1]?.kind === kind,
  );
  const gone = events[Math.max(0, between)];
  return {
    firings: times.firings.filter((at) => gone?.kind !== 'firing' || at !== gone.at),
    resolves: times.resolves.filter((at) => gone?.kind !== 'resolve' || at !== gone.at),
  };
}
