import type { Instant } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import type { Loaded } from './decision.ts';
import { asksHead, isFree } from './free.ts';
import { isGathered } from './gathered.ts';
import { apart, emptyGuard, type Guard, type Window } from './guard.ts';
import { isLate } from './late.ts';
import type { Match, Received } from './match.ts';
import { isCounting } from './rule.ts';
import {
  alertOf,
  type CountedFiring,
  firingsOf,
  reached,
  type Slot,
  slotOf,
  thresholdOf,
} from './threshold.ts';

/** Slots from one number to another, both of them included. */
export type SlotRange = readonly [first: number, last: number];

/** A firing that asks what counts, at a time at which it may count itself. */
interface Asking extends CountedFiring {
  /** It comes too late to make an open window begin earlier. */
  readonly isLate: boolean;
}

/** What the firings of a batch ask of one key that counts, and what was read for them. */
export interface Counting {
  readonly match: Match;
  readonly asking: readonly Asking[];
  /** Absent when all slots are read. */
  readonly ranges?: readonly SlotRange[];
}

/**
 * What these firings ask of keys that count: the slots beside their times. One that fires again after its end with the beginning that
 * it had counts from when that was received, or from when it was told last.
 */
export function countingOf(
  firings: readonly (Received & { readonly match: Match })[],
  heads: ReadonlyMap<string, AlertHead>,
): readonly Counting[] {
  const counted = firings.filter(({ match }) => isCounting(match.rule));
  return [...Map.groupBy(counted, ({ match }) => match.hash).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const asking = own.flatMap((firing) => askedBy(firing, heads.get(firing.signal.fingerprint)));
    return [{ match: first.match, asking, ranges: rangesOf(first.match, asking) }];
  });
}

function askedBy(
  { signal, from, match }: Received & { readonly match: Match },
  head: AlertHead | undefined,
): readonly Asking[] {
  const { fingerprint, at } = signal;
  const { receivedAt } = from;
  const again = head?.over ? [receivedAt, head.firings.at(-1) ?? receivedAt] : [];
  const { severity, member = fingerprint } = match;
  return [...new Set([at, ...again])].map((time) => ({
    ...{ fingerprint, member, severity, at: time },
    isLate: isLate(time, receivedAt),
  }));
}

/** What one of them may be counted with lies in its own slot or in one beside it. */
function rangesOf({ rule }: Match, asking: readonly Asking[]): readonly SlotRange[] {
  const threshold = thresholdOf(rule);
  const numbers = [...new Set(asking.map(({ at }) => slotOf(at, threshold)))].sort((a, b) => a - b);
  const ranges: SlotRange[] = [];
  for (const number of numbers) {
    const [first, last] = ranges.at(-1) ?? [];
    if (first !== undefined && last !== undefined && number - 1 <= last + 1)
      ranges.splice(-1, 1, [first, number + 1]);
    else ranges.push([number - 1, number + 1]);
  }
  return ranges;
}

/** The slots of all that may be counted together with what fired at this time: its own, and those beside it. */
export function slotsAround({ rule }: Match, at: Instant): SlotRange {
  const slot = slotOf(at, thresholdOf(rule));
  return [Math.max(0, slot - 1), slot + 1];
}

/** Whether the slots that decide whether a firing counts are read. */
export const covers = (ranges: readonly SlotRange[] | undefined, number: number): boolean =>
  ranges === undefined || ranges.some(([first, last]) => first < number && number < last);

/** Whether more than the slots beside must be read: when an incident may open, or a window may take in what waits. */
export function needsAll(loaded: Loaded, { match, asking, ranges }: Counting): boolean {
  if (ranges === undefined) return false;
  const guard = guardOf(loaded, match);
  return taking(guard, match, asking).length > 0 || stretchIn(loaded, guard, { match, asking }) !== undefined;
}

/** The windows that may take in more: those that have not taken in all that waited, and those that these firings make reach further. */
const taking = (guard: Guard, match: Match, asking: readonly Asking[]): readonly Window[] =>
  apart(guard).filter(
    (window) => !isGathered(window) || asking.some((firing) => mayGrow(window, match, firing)),
  );

function mayGrow(window: Window, { window: reach }: Match, { at, isLate: isTooLate }: Asking): boolean {
  if (window.to !== undefined) return at <= window.to + reach;
  return !isTooLate && at < window.from && at >= window.from - reach;
}

/** The stretch in which enough fired, when these do. */
function stretchIn(loaded: Loaded, guard: Guard, { match, asking }: Counting) {
  const known = firingsOf(loaded.slots.get(match.hash) ?? []);
  const by = { guard, head: (fingerprint: string) => loaded.heads.get(fingerprint) };
  const free = [...known, ...asking]
    .filter((firing) => isFree(by, match.window, firing))
    .sort((a, b) => a.at - b.at);
  return reached(free, thresholdOf(match.rule));
}

/** The alerts that wait and whose heads decide: those that may come into a window, and those that may have come into one. */
export function waitingHeads(loaded: Loaded): readonly string[] {
  return (loaded.counting ?? []).flatMap((counting) => {
    const { match, ranges } = counting;
    const guard = guardOf(loaded, match);
    const firings = firingsOf(loaded.slots.get(match.hash) ?? []);
    const begin = ranges === undefined ? beginOf(loaded, guard, counting, firings) : undefined;
    return firings
      .filter(({ at }) => at >= (begin ?? Number.POSITIVE_INFINITY) || asksHead(guard, match.window, at))
      .map(({ fingerprint }) => fingerprint);
  });
}

/** From when on what waits may come into a window: each that does may make it reach further back. */
function beginOf(
  loaded: Loaded,
  guard: Guard,
  counting: Counting,
  firings: readonly CountedFiring[],
): Instant {
  const { match, asking } = counting;
  const windows = taking(guard, match, asking);
  const known = [...windows.map(({ from }) => from), ...asking.map(({ at }) => at)];
  const [first] = stretchIn(loaded, guard, counting) ?? [];
  let begin = Math.min(...known, first?.at ?? Number.POSITIVE_INFINITY);
  for (const { at } of firings.toReversed()) if (at >= begin - match.window) begin = Math.min(begin, at);
  return begin;
}

const guardOf = ({ guards }: Loaded, { hash }: Match): Guard => guards.get(hash) ?? emptyGuard(hash);

/** So many alerts that waited an incident takes in at once at most: those that fired last. */
export const MOST_WAITING = 2_000;

/** The newest of these slots, until they hold so many alerts. */
export function newest(slots: readonly Slot[], most = MOST_WAITING): readonly Slot[] {
  let count = 0;
  return slots
    .toSorted((a, b) => b.slot - a.slot)
    .filter(({ alerts }) => {
      const isWanted = count < most;
      count += new Set(Object.keys(alerts).map(alertOf)).size;
      return isWanted;
    });
}
