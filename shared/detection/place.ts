import { isWorse } from '../alerts/index.ts';
import type { AlertHead } from './alert-head.ts';
import { bridge, coalesce } from './bridge.ts';
import type { Draft, KeyDraft } from './draft.ts';
import {
  isOpenWindow,
  overlapping,
  reopened,
  stretched,
  touching,
  type Window,
  withWindow,
} from './guard.ts';
import { isEndedByHand, isMember } from './known.ts';
import { fitted, isLate, windowForLate } from './late.ts';
import type { Match } from './match.ts';
import { endOf, enter, type Placing } from './placing.ts';
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
  const firing = { at, goesOn: receivedAt !== undefined && endOf(draft, placing) === undefined };
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
  const grown = stretched(window, late ? window.from : at, severity);
  if (isWorse(severity, window.severity))
    key.command(window.incident, { do: 'raise-severity', to: severity, pageAt: key.pageAt });
  if (grown.from !== window.from || grown.severity !== window.severity)
    key.guard = withWindow(key.guard, grown);
  const before = draft.loaded.heads.get(fingerprint);
  const over = endOf(draft, placing) !== undefined;
  const { incident, generation } = window;
  // Also for a repetition: the message that was sent for the first may have been lost.
  if (over) draft.settle({ incident, generation, correlation: key.hash });
  const repeated = isMember(draft, head, key, window) && (over || (before !== undefined && isOn(before)));
  if (!repeated) enter(draft, key, match, window, fingerprint, at, severity);
}

function joinClosed({ draft, key, match, placing, head, late }: Joining, window: Window): void {
  const { fingerprint, at, severity } = placing;
  const end = endOf(draft, placing);
  const grown = late
    ? stretched(window, window.from, severity)
    : stretched(stretched(window, at, severity), end ?? at, severity);
  // What waited for a threshold for long told its end when it entered; a window that was fitted between others then stays so.
  const isFitted =
    placing.receivedAt === undefined &&
    isLate(at, draft.now) &&
    overlapping(withWindow(key.guard, grown)) !== undefined;
  const isTold = isFitted || isSame(grown, window);
  if (end !== undefined && isMember(draft, head, key, window) && isTold) return;
  const wakes = end === undefined;
  if (wakes) key.command(window.incident, { do: 'reopen', reason: 'alert-fired', at, pageAt: key.pageAt });
  if (isWorse(severity, window.severity))
    key.command(window.incident, { do: 'raise-severity', to: severity, pageAt: key.pageAt });
  const after = wakes ? reopened(grown) : grown;
  // A guard that stays as it is stays the same object: what waited is looked at anew for as long as it changes.
  if (wakes || !isSame(grown, window))
    key.guard = withWindow(key.guard, late && wakes ? fitted(key.guard, after) : after);
  enter(draft, key, match, after, fingerprint, at, severity);
}

/** Whether stretching changed nothing. */
function isSame(grown: Window, window: Window): boolean {
  return grown.from === window.from && grown.to === window.to && grown.severity === window.severity;
}
