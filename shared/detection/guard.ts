import { type Severity, worse } from '../alerts/index.ts';
import { HOLD, type IncidentId, type Instant } from '../kernel/index.ts';
import type { MutingSource } from './inhibition/sources.ts';
import { type Episode, isBesideOther, isInReach } from './stretch.ts';

/** One stretch of event time of a correlation key, and its incident. Two windows of a key are farther apart than its grouping time. */
export interface Window {
  readonly incident: IncidentId;
  readonly generation: number;
  /** The first firing. */
  readonly from: Instant;
  /** The last firing or resolve; absent while the incident is open. */
  readonly to?: Instant;
  /** Where windows are fixed: the beginning of the last stretch that it covers, when that is not its first. */
  readonly through?: Instant;
  /** The incidents of other keys, and where windows are fixed all, that were merged into this one, the latest of them; alerts still name those. */
  readonly absorbed?: readonly IncidentId[];
  /** When it was closed, by our clock, and by what. */
  readonly closedAt?: Instant;
  readonly closedBy?: ClosedBy;
  /** How far the incident's log could be read when a person closed it: what has a later number, nobody knew of. */
  readonly knew?: number;
  /** When a person reopened it, by our clock: what was over by then does not close it again. */
  readonly reopenedAt?: Instant;
  /** The most urgent of its alerts. */
  readonly severity: Severity;
  /** What would page in it is of low urgency. */
  readonly isLow?: true;
  /** Other alerts may mute those that opened it: its first page may wait for the end of those. */
  readonly mutable?: true;
  /** The services whose last alert a person split off: when another of theirs comes, the incident has reached them anew. */
  readonly left?: readonly string[];
  /** Of a rule that counts: the generation in which all alerts that had waited were in it. */
  readonly gathered?: number;
  /** When its first page is or was due, where the rule has a cooldown, or that was to come later. */
  readonly pageAt?: Instant;
  /** How severe the incident was that this page told of. */
  readonly pageFor?: Severity;
}

/** A person's word stands against the alerts that were known then; what a person deleted takes no new ones either. */
export type ClosedBy = 'person' | 'deleted' | 'settled';

/** What brought alerts of another key into an incident. */
export type LinkKind = 'dependency' | 'similarity' | 'inhibition' | 'person';

/** That the alerts of one key go into the windows of another, for as long as these reach. */
export interface Link {
  /** The other key's hash. */
  readonly to: string;
  readonly kind: LinkKind;
  /** How sure that is, from 0 to 1. */
  readonly score: number;
  readonly why: string;
  /** When it was made, by event time: it leads into windows that had begun by then, and into no later ones. */
  readonly at: Instant;
}

/** What is known of one correlation key. Its version is the guard against two workers opening at once. */
export interface Guard {
  readonly hash: string;
  readonly version: number;
  /** The grouping time of its rule, in milliseconds. */
  readonly grouping: number;
  /** How long each stretch of time is that has an incident of its own, in milliseconds; absent where windows roll. */
  readonly width?: number;
  /** How long after a page the next opening does not page, in milliseconds; absent where the rule has no such time. */
  readonly cooldown?: number;
  /** When a page was due last, as far as no window says so. */
  readonly pagedAt?: Instant;
  /** How severe the incident was that this page told of. */
  readonly pagedFor?: Severity;
  /** By `from`, at most MAX_WINDOWS. */
  readonly windows: readonly Window[];
  /** Of a group of alerts that mute others: when its sources fired. */
  readonly sources?: readonly MutingSource[];
  /** The keys whose alerts are here since a merge; some of those are pinned to them. At most MOST_TAKEN. */
  readonly took?: readonly string[];
  /** Absent while its alerts have incidents of their own. */
  readonly link?: Link;
}

export const MAX_WINDOWS = 6;

export const emptyGuard = (hash: string): Guard => ({ hash, version: 0, grouping: HOLD, windows: [] });

export const isOpenWindow = (window: Window): boolean => window.to === undefined;

/** Whether a person ended its incident. */
export const isClosedByHand = ({ closedBy }: Window): boolean =>
  closedBy === 'person' || closedBy === 'deleted';

const isThere = ({ closedBy }: Window): boolean => closedBy !== 'deleted';

/** The windows that must be apart: all but those of deleted incidents, which nothing joins. */
export const apart = ({ windows }: Guard): readonly Window[] => windows.filter(isThere);

/**
 * The windows that a firing belongs to: none, one, or two and more that it bridges. What began long ago and goes on belongs to
 * the open window too.
 */
export function touching(
  guard: Guard,
  firing: { readonly at: Instant; readonly goesOn: boolean; readonly episode?: Episode },
): readonly Window[] {
  const { windows, grouping } = guard;
  return windows.filter(isThere).filter((window) => {
    if (!isInReach(guard, window, firing.at, firing.episode)) return false;
    const { from, to } = window;
    if (to === undefined && firing.goesOn) return true;
    return firing.at >= from - grouping && (to === undefined || firing.at <= to + grouping);
  });
}

/** Two windows that have grown so near to each other that they are one; undefined when all are apart. */
export function overlapping(guard: Guard): readonly [Window, Window] | undefined {
  const { windows, grouping } = guard;
  const there = windows.filter(isThere);
  for (const [i, earlier] of there.entries()) {
    const later = there[i + 1];
    if (!later || !isBesideOther(guard, earlier, later)) continue;
    if (earlier.to === undefined || later.from <= earlier.to + grouping) return [earlier, later];
  }
  return undefined;
}

/** The window of an incident; undefined when it was merged into another or is forgotten. */
export function windowOf(guard: Guard, incident: IncidentId): Window | undefined {
  return guard.windows.find((window) => window.incident === incident);
}

/**
 * The window that an event of one of its alerts lies in, also when that alert came with an incident that was merged into this one.
 * Fixed windows that are open lie beside each other, so there only the merging tells.
 */
export function windowAt(guard: Guard, at: Instant, incident: IncidentId): Window | undefined {
  return guard.windows
    .filter(isThere)
    .find(
      (window) =>
        holds(window, at) && (guard.width === undefined || window.absorbed?.includes(incident) === true),
    );
}

/** The window that an incident of another key was merged into. */
export function windowWith({ windows, width }: Guard, incident: IncidentId): Window | undefined {
  return width === undefined
    ? windows.find((window) => isThere(window) && window.absorbed?.includes(incident))
    : undefined;
}

/** Whether it lies in the window, from the first firing to the last event. */
export const holds = ({ from, to }: Window, at: Instant): boolean => from <= at && at <= (to ?? at);

/** When the next window begins: what happens from then on is not this one's. */
export function endOfReach(guard: Guard, window: Window): Instant {
  const later = guard.windows.filter(isThere).find(({ from }) => from > window.from);
  return later?.from ?? Number.POSITIVE_INFINITY;
}

/** The guard with one window put or replaced by incident; the oldest closed ones are forgotten. */
export function withWindow(guard: Guard, window: Window): Guard {
  const others = guard.windows.filter((old) => old.incident !== window.incident);
  const windows = [...others, window].sort((a, b) => a.from - b.from);
  while (windows.length > MAX_WINDOWS) {
    const oldest = windows.findIndex((old) => !isOpenWindow(old));
    windows.splice(Math.max(0, oldest), 1);
  }
  return { ...guard, windows };
}

export function withoutWindow(guard: Guard, incident: IncidentId): Guard {
  return { ...guard, windows: guard.windows.filter((window) => window.incident !== incident) };
}

/** The window grown to hold an event. */
export function stretched(window: Window, at: Instant, severity: Severity): Window {
  return {
    ...window,
    from: Math.min(window.from, at),
    severity: worse(window.severity, severity),
    ...(window.to !== undefined && { to: Math.max(window.to, at) }),
  };
}

/** The most keys that a guard knows it took in. */
export const MOST_TAKEN = 20;

/** The windows that a link leads to: those that were there when it was made. */
export const ledTo = ({ at }: Link, windows: readonly Window[]): readonly Window[] =>
  windows.filter(({ from }) => from <= at);

/** The most keys that one sends its alerts on to, one after the other. */
const MOST_LINKS = 8;

/** A guard, and those that its alerts were sent on to, one after the other, as far as they are known. */
export function chainOf(own: Guard, guardOf: (hash: string) => Guard | undefined): readonly Guard[] {
  const chain = [own];
  for (let next = own.link && guardOf(own.link.to); next; next = next.link && guardOf(next.link.to)) {
    if (chain.length === MOST_LINKS || chain.includes(next)) break;
    chain.push(next);
  }
  return chain;
}

/** Two windows as one: the earlier incident stays. Open when either is. */
export function joined(first: Window, second: Window): Window {
  const [keep, gone] = first.from <= second.from ? [first, second] : [second, first];
  const { to: _to, closedAt: _at, closedBy: _by, knew, isLow: _low, gathered: _gathered, ...base } = keep;
  const isLow = keep.isLow && gone.isLow;
  const whole: Window = { ...base, severity: worse(keep.severity, gone.severity), ...(isLow && { isLow }) };
  if (keep.to === undefined || gone.to === undefined) return whole;
  const byHand = isClosedByHand(keep) || isClosedByHand(gone);
  return {
    ...whole,
    to: Math.max(keep.to, gone.to),
    closedAt: Math.max(keep.closedAt ?? 0, gone.closedAt ?? 0),
    closedBy: byHand ? 'person' : 'settled',
    ...(knew !== undefined && { knew }),
  };
}

export function closed(window: Window, to: Instant, closedAt: Instant, closedBy: ClosedBy): Window {
  return { ...window, to, closedAt, closedBy };
}

export function reopened(window: Window): Window {
  const { to: _to, closedAt: _at, closedBy: _by, knew: _knew, reopenedAt: _again, ...rest } = window;
  return { ...rest, generation: window.generation + 1 };
}
