import type { IncidentId, Instant } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import type { Guard, Window } from './guard.ts';
import { LATEST } from './latest.ts';
import { placedOccurrences } from './suppressed.ts';

/** The time for which an alert was on without a pause that a late delivery could still fill, and the incidents that it is in. */
export interface Episode {
  readonly from: Instant;
  readonly last: Instant;
  readonly incidents: readonly IncidentId[];
}

/** The episode of one firing. Whoever repeats an alert over the end of a fixed window goes on with one, so it is not cut there. */
export function episodeOf(guard: Guard, head: AlertHead, at: Instant): Episode {
  const occurrences = placedOccurrences(head, { ...guard, at });
  const own = occurrences.findIndex(({ from, last }) => from <= at && at <= last);
  const isJoined = (i: number): boolean => {
    const [one, next] = [occurrences[i - 1], occurrences[i]];
    return one !== undefined && next !== undefined && next.from - (one.to ?? next.from) <= LATEST;
  };
  let [first, last] = [own, own];
  while (isJoined(first)) first--;
  while (isJoined(last + 1)) last++;
  const incidents = head.memberships.map(({ incident }) => incident);
  return { from: occurrences[first]?.from ?? at, last: occurrences[last]?.last ?? at, incidents };
}

/** Whether a firing may belong to a window at all: where windows are fixed, to that of its own stretch, or where its episode is already. */
export function isInReach(guard: Guard, window: Window, at: Instant, episode: Episode | undefined): boolean {
  if (guard.width === undefined) return true;
  if (meets(guard, window, at, at)) return true;
  if (episode === undefined || !meets(guard, window, episode.from, episode.last)) return false;
  return [window.incident, ...(window.absorbed ?? [])].some((incident) =>
    episode.incidents.includes(incident),
  );
}

/** When the last stretch ends that a window covers, where windows are fixed: what begins then or later is not its. */
export function endOfStretch({ width }: Guard, { from, through = from }: Window): Instant {
  return width === undefined ? Number.POSITIVE_INFINITY : (Math.floor(through / width) + 1) * width;
}

/** Whether two windows may be one: where windows are fixed, when they have a stretch in common. */
export const isBesideOther = (guard: Guard, one: Window, other: Window): boolean =>
  guard.width === undefined || meets(guard, one, other.from, other.through ?? other.from);

/** The window as it covers one more firing, where windows are fixed. */
export function covering({ width }: Guard, before: Window, after: Window, at: Instant): Window {
  if (width === undefined) return after;
  const end = Math.floor(Math.max(before.through ?? before.from, at) / width);
  return end > Math.floor(after.from / width) ? { ...after, through: end * width } : after;
}

/** So many a window remembers. */
const MOST_ABSORBED = 12;

/** The window that two became, with what both took in; as it covers both, where windows are fixed. */
export function coveringBoth(guard: Guard, whole: Window, keep: Window, gone: Window): Window {
  if (guard.width === undefined) return takingIn(whole, keep.absorbed, gone.absorbed);
  const both = covering(guard, keep, whole, gone.through ?? gone.from);
  return takingIn(both, keep.absorbed, gone.absorbed, [gone.incident]);
}

/** The window with the incidents that it took in, the latest of them. */
export function takingIn(window: Window, ...parts: readonly (readonly IncidentId[] | undefined)[]): Window {
  const absorbed = [...new Set(parts.flatMap((part) => part ?? []))].slice(-MOST_ABSORBED);
  return absorbed.length === 0 ? window : { ...window, absorbed };
}

function meets(
  { width = 1 }: Guard,
  { from, through = from }: Window,
  first: Instant,
  last: Instant,
): boolean {
  return (
    Math.floor(first / width) <= Math.floor(through / width) &&
    Math.floor(from / width) <= Math.floor(last / width)
  );
}
