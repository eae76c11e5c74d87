import { isWorse, type Severity, worse } from '../alerts/index.ts';
import { needsHuman } from '../incidents/index.ts';
import type { IncidentId, Instant } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import { bridge, coalesce } from './bridge.ts';
import { remembering, soonerPage, withPage, withWorse } from './cooldown.ts';
import type { Draft, KeyDraft } from './draft.ts';
import {
  isOpenWindow,
  overlapping,
  reopened,
  stretched,
  touching,
  type Window,
  windowOf,
  withWindow,
} from './guard.ts';
import { isEndedByHand, isMember } from './known.ts';
import { fitted, isLate, windowForLate } from './late.ts';
import type { Match } from './match.ts';
import { endOf, enter, entryOf, type Placing } from './placing.ts';
import { alsoBy, wayInto } from './routes.ts';
import { covering, episodeOf } from './stretch.ts';
import { isOn } from './suppressed.ts';

/** A firing and what it comes into. */
interface Joining {
  readonly draft: Draft;
  readonly key: KeyDraft;
  readonly match: Match;
  readonly placing: Placing;
  readonly head: AlertHead;
  /** Too late to be put in its order: it moves no window's times but the end that it opens again. */
  readonly late: boolean;
}

/** Puts a firing into the window that it touches; false when it touches none. Windows that it bridges become one. */
export function joinWindow(draft: Draft, key: KeyDraft, match: Match, placing: Placing): boolean {
  if (isEndedByHand(draft, key, placing)) return true;
  const head = draft.head(placing.fingerprint);
  if (!head) return false;
  const { at, receivedAt } = placing;
  const late = receivedAt !== undefined && isLate(at, draft.now);
  const firing = {
    at,
    goesOn: receivedAt !== undefined && endOf(draft, placing) === undefined,
    ...(key.guard.width !== undefined && { episode: episodeOf(key.guard, head, at) }),
  };
  const window = late
    ? windowForLate(key.guard, firing, draft.now)
    : bridged(draft, key, placing, touching(key.guard, firing));
  if (!window) return false;
  const joining = { draft, key, match, placing, head, late };
  if (isOpenWindow(window)) joinOpen(joining, window);
  else joinClosed(joining, window);
  coalesce(draft, key, at);
  return true;
}

function bridged(
  draft: Draft,
  key: KeyDraft,
  { at }: Placing,
  [first, ...others]: readonly Window[],
): Window | undefined {
  return first && others.reduce((whole, other) => bridge(draft, key, whole, other, at), first);
}

function joinOpen({ draft, key, match, placing, head, late }: Joining, window: Window): void {
  const { fingerprint, at, severity } = placing;
  const grown = covering(key.guard, window, stretched(window, late ? window.from : at, severity), at);
  const raised = raise(draft, key, match, window, severity);
  if (!isAsBefore(grown, window) || raised !== window) {
    const { from, through, severity: worst } = grown;
    const after = { ...raised, from, severity: worst, ...(through !== undefined && { through }) };
    key.guard = withWindow(remembering(key.guard, draft.now), after);
  }
  const before = draft.loaded.heads.get(fingerprint);
  const over = endOf(draft, placing) !== undefined;
  const { incident, generation } = window;
  // Also for a repetition: the message that was sent for the first may have been lost.
  if (over) draft.settle({ incident, generation, correlation: key.hash });
  const repeated =
    isMember(draft, head, key, window) && (over || (before !== undefined && isOn(before, key.guard)));
  if (repeated) {
    // Who reads why it became more severe is to find by which alert.
    if (isWorse(severity, window.severity))
      key.entry(incident, entryOf(head, at, severity, match, draft.loaded.flapping));
    noteWay(draft, key, match, head, window);
    return;
  }
  enter(draft, key, match, window, fingerprint, at, severity);
  reachAnew({ draft, key, match, placing, head }, window);
  // What is muted comes into no incident, so this is not, or fired before what mutes the others.
  if (over || match.isLow || !needsHuman(severity)) return;
  if (window.mutable) key.command(incident, { do: 'look-again', pageAt: key.pageAt ?? draft.now });
  hasten({ draft, key, placing }, incident);
}

/** What others of the group have to go on for before they page holds no alert that pages sooner by itself. */
function hasten(
  { draft: { now }, key, placing }: Pick<Joining, 'draft' | 'key' | 'placing'>,
  incident: IncidentId,
): void {
  const window = windowOf(key.guard, incident);
  const pageAt = window && soonerPage(key.guard, window, placing.severity, key.pageAt ?? now, now);
  if (!window || pageAt === undefined) return;
  key.command(incident, { do: 'page-by', pageAt });
  key.guard = withWindow(key.guard, withPage(key.guard, window, pageAt, now));
}

/** An alert that is in the incident already, and comes into it another way, too. */
function noteWay(draft: Draft, key: KeyDraft, match: Match, head: AlertHead, { incident }: Window): void {
  const way = wayInto(match, key.hash);
  const memberships = head.memberships.map((one) =>
    one.incident === incident && one.correlation === key.hash ? alsoBy(one, way) : one,
  );
  if (memberships.some((one, i) => one !== head.memberships[i])) draft.put({ ...head, memberships }, key);
}

/** A service that it had to do with no more since the last of its alerts was split off. */
function reachAnew({ draft, key, match, placing, head }: Omit<Joining, 'late'>, window: Window): void {
  const { service = head.service, why, score = 1 } = match;
  if (service === undefined || !window.left?.includes(service)) return;
  const pages = !match.isLow && needsHuman(placing.severity);
  const pageAt = pages ? key.firstPage(placing.severity, draft.now) : undefined;
  key.command(window.incident, { do: 'reach', service, why, score, ...(pages && { pageAt }) });
  const { left = [], ...here } = windowOf(key.guard, window.incident) ?? window;
  const others = left.filter((one) => one !== service);
  key.guard = withWindow(key.guard, others.length > 0 ? { ...here, left: others } : here);
}

function joinClosed(joining: Joining, window: Window): void {
  const { draft, key, match, placing, head, late } = joining;
  const { fingerprint, at, severity } = placing;
  const end = endOf(draft, placing);
  const held = late
    ? stretched(window, window.from, severity)
    : stretched(stretched(window, at, severity), end ?? at, severity);
  const grown = covering(key.guard, window, held, at);
  // What waited for a threshold for long told its end when it entered; a window that was fitted between others then stays so.
  const isFitted =
    placing.receivedAt === undefined &&
    isLate(at, draft.now) &&
    overlapping(withWindow(key.guard, grown)) !== undefined;
  const isTold = isFitted || isAsBefore(grown, window);
  if (end !== undefined && isMember(draft, head, key, window) && isTold) return;
  const wakes = end === undefined;
  const isRaised = isWorse(severity, window.severity);
  const pageAt = isRaised ? atOnce(draft, key) : key.firstPage(grown.severity, draft.now);
  const urgency = match.isLow && ({ urgency: 'low' } as const);
  if (wakes) key.command(window.incident, { do: 'reopen', reason: 'alert-fired', at, pageAt, ...urgency });
  if (isRaised) key.command(window.incident, { do: 'raise-severity', to: severity, pageAt, ...urgency });
  const after = wakes ? wokenAgain(joining, grown, pageAt) : grown;
  // A guard that stays as it is stays the same object: what waited is looked at anew for as long as it changes.
  if (wakes || !isAsBefore(grown, window))
    key.guard = withWindow(
      remembering(key.guard, draft.now),
      late && wakes ? fitted(key.guard, after) : after,
    );
  enter(draft, key, match, after, fingerprint, at, severity);
  reachAnew({ draft, key, match, placing, head }, after);
}

function wokenAgain({ draft, key, match: { isLow } }: Joining, window: Window, pageAt: Instant): Window {
  const { isLow: _, ...again } = reopened(window);
  return withPage(key.guard, isLow ? { ...again, isLow } : again, isLow ? undefined : pageAt, draft.now);
}

/** Makes the incident as severe as an alert that joins it, and has somebody woken who was not because what was there was of low urgency. */
function raise(draft: Draft, key: KeyDraft, match: Match, window: Window, severity: Severity): Window {
  const isRaised = isWorse(severity, window.severity);
  const lifts = window.isLow === true && !match.isLow && needsHuman(severity);
  if (!isRaised && !lifts) return window;
  const isFirst = lifts || (isRaised && !needsHuman(window.severity) && needsHuman(severity));
  // What only lifts the low urgency is no worse than what was told of.
  const pageAt = isRaised ? atOnce(draft, key) : key.firstPage(window.severity, draft.now);
  key.command(window.incident, {
    ...{ do: 'raise-severity', to: severity, pageAt },
    ...(match.isLow && { urgency: 'low' }),
  });
  const { isLow: _, ...rest } = { ...window, severity: worse(window.severity, severity) };
  if (match.isLow) return isFirst ? { ...rest, isLow: true } : window;
  return isFirst
    ? withPage(key.guard, rest, pageAt, draft.now)
    : withWorse(window, severity, pageAt, draft.now);
}

/** What makes an incident worse is held by no page about less. */
const atOnce = (draft: Draft, { pageAt }: KeyDraft): Instant => pageAt ?? draft.now;

/** Whether stretching changed nothing. */
function isAsBefore(grown: Window, window: Window): boolean {
  const isAsLong = grown.from === window.from && grown.to === window.to;
  return isAsLong && grown.through === window.through && grown.severity === window.severity;
}
