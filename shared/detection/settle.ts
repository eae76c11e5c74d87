import type { IncidentCommand } from '../incidents/index.ts';
import type { Cause, IncidentId, Instant } from '../kernel/index.ts';
import { type AlertHead, type Membership, MOST_MEMBERSHIPS } from './alert-head.ts';
import { cooledAt, remembering, withPage } from './cooldown.ts';
import type { Settle } from './decision.ts';
import {
  closed,
  endOfReach,
  type Guard,
  isClosedByHand,
  isOpenWindow,
  reopened,
  type Window,
  windowOf,
  withWindow,
} from './guard.ts';
import { fitted } from './late.ts';
import type { Occurrence } from './occurrence.ts';
import { placedOccurrences } from './suppressed.ts';

/** What to do to an incident whose alerts are quiet; without a command only the end of its window is corrected. */
export interface Settled {
  readonly incident: IncidentId;
  readonly command?: IncidentCommand;
  readonly guard: Guard;
  /** What asked for it. */
  readonly cause?: Cause;
}

/**
 * Closes the window and incident when no occurrence of its alerts goes on, and opens it again when one does although it was
 * closed so, or closed by a person who could not know of it; undefined when nothing changes. Whoever closes looks once more after the write: an alert that joined meanwhile
 * has either seen the closed guard itself, or is seen then.
 */
export function decideSettle(
  guard: Guard,
  settle: Settle,
  members: readonly AlertHead[],
  now: Instant,
): Settled | undefined {
  const settled = settledBy(guard, settle, members, now);
  return settled && { ...settled, ...(settle.cause && { cause: settle.cause }) };
}

function settledBy(
  guard: Guard,
  settle: Settle,
  ever: readonly AlertHead[],
  now: Instant,
): Settled | undefined {
  const window = windowOf(guard, settle.incident);
  if (!window) return undefined;
  const members = ever.filter((head) => isHere(guard, window, head));
  if (members.length === 0) return undefined;
  if (isClosedByHand(window)) return reopenForUnknown(guard, window, members, now);
  const inside = members.flatMap((head) => occurrencesIn(guard, window, head));
  // What came so late that all of it lies before the open window keeps that open no longer either; a person may.
  if (inside.length === 0 && (!isOpenWindow(window) || window.reopenedAt !== undefined)) return undefined;
  if (inside.some(goesOn)) return isOpenWindow(window) ? undefined : reopen(guard, window, members, now);
  const end = Math.max(window.from, ...inside.map((occurrence) => occurrence.to ?? occurrence.last));
  const { to = end } = fitted(guard, { ...window, to: end });
  if (to === window.to || (isOpenWindow(window) && to <= (window.reopenedAt ?? 0))) return undefined;
  const { incident } = window;
  if (!isOpenWindow(window)) {
    // It may reach alerts now that wait to be counted.
    const { gathered: _, ...rest } = window;
    return { incident, guard: withWindow(guard, { ...rest, to }) };
  }
  const command = { do: 'resolve', reason: 'alerts-resolved', at: to } as const;
  return { incident, command, guard: withWindow(guard, closed(window, to, now, 'settled')) };
}

/** An alert that joined while a person closed the incident: what they said was not said of this one. */
function reopenForUnknown(
  guard: Guard,
  window: Window,
  members: readonly AlertHead[],
  now: Instant,
): Settled | undefined {
  const unknown = members.filter((head) => isUnknown(window, head));
  return reopen(guard, window, unknown, now);
}

/** Whether an alert that came into an incident once is still of it: a person may have split it off; one that went on to a storm is. */
export const isHere = (
  { hash, took = [] }: Guard,
  { incident: own, absorbed = [] }: Window,
  { pin, memberships }: AlertHead,
): boolean =>
  pin === undefined ||
  pin === hash ||
  took.includes(pin) ||
  memberships.some(({ incident }) => incident === own || absorbed.includes(incident));

/** Whether an alert came into so many incidents since that it says nothing of this one any more. */
const isForgotten = (guard: Guard, window: Window, head: AlertHead): boolean =>
  head.memberships.length >= MOST_MEMBERSHIPS && membershipIn(guard, window, head) === undefined;

/** How it came into this incident, or one that was merged into it, last; the newest membership stands first. */
export const membershipIn = (
  { hash, took = [] }: Guard,
  { incident: own, absorbed = [] }: Window,
  { memberships }: AlertHead,
): Membership | undefined =>
  memberships.find(
    ({ incident, correlation }) =>
      incident === own || absorbed.includes(incident) || correlation === hash || took.includes(correlation),
  );

/** Whether a person resolved the incident without being able to know that this alert had joined it. */
export function isUnknown({ closedBy, incident, knew }: Window, { memberships }: AlertHead): boolean {
  if (closedBy !== 'person' || knew === undefined) return false;
  return memberships.some(({ incident: own, seq }) => own === incident && (seq === undefined || seq > knew));
}

/**
 * Whether no other member can change what is decided: an occurrence of this alert goes on in the window. When it opens the
 * incident again with a page that is held, another alert may be that had not waited.
 */
export function isDecisive(guard: Guard, window: Window, head: AlertHead): boolean {
  const isHeld = !isOpenWindow(window) && heldUntil(guard, window, head) !== undefined;
  return !isHeld && occurrencesIn(guard, window, head).some(goesOn);
}

const goesOn = ({ to }: Occurrence): boolean => to === undefined;

const heldUntil = (guard: Guard, window: Window, head: AlertHead): Instant | undefined =>
  membershipIn(guard, window, head)?.pageAt;

/**
 * What its alerts did in the window: not what waits for a threshold since after it, and what came too late also when it began
 * before. What goes on and came so late that it belongs to the open window says nothing of an earlier one.
 */
function occurrencesIn(guard: Guard, window: Window, head: AlertHead): readonly Occurrence[] {
  if (isForgotten(guard, window, head)) return [];
  const reach = window.to === undefined ? Number.POSITIVE_INFINITY : window.to + guard.grouping + 1;
  const end = Math.min(endOfReach(guard, window), reach);
  const inside = placedOccurrences(head, guard).filter(
    ({ from, to }) => (to ?? window.from) >= window.from && from < end,
  );
  return isOpenWindow(window) || !keepsOpen(guard, head) ? inside : inside.filter((one) => !goesOn(one));
}

const keepsOpen = ({ windows, width }: Guard, { memberships }: AlertHead): boolean =>
  width === undefined &&
  windows.some((one) => isOpenWindow(one) && memberships.some(({ incident }) => incident === one.incident));

/** Opens it again for those that go on, if there are any. Its page is held no longer than that of the one which waited least. */
function reopen(
  guard: Guard,
  window: Window,
  members: readonly AlertHead[],
  now: Instant,
): Settled | undefined {
  const ongoing = members.flatMap((head) => {
    const occurrence = occurrencesIn(guard, window, head).find(goesOn);
    return occurrence ? [{ at: occurrence.last, pageAt: heldUntil(guard, window, head) ?? now }] : [];
  });
  const [first] = ongoing;
  if (!first) return undefined;
  const pageAt = cooledAt(guard, window.severity, Math.min(...ongoing.map((one) => one.pageAt)));
  const command = {
    do: 'reopen',
    reason: 'alert-fired',
    at: first.at,
    ...(pageAt > now && { pageAt }),
    ...(window.isLow && { urgency: 'low' as const }),
  } as const;
  const again = withPage(guard, reopened(window), window.isLow ? undefined : pageAt, now);
  return {
    incident: window.incident,
    command,
    guard: withWindow(remembering(guard, now), fitted(guard, again)),
  };
}
