import type { AlertHead, Membership } from './alert-head.ts';
import type { Draft, KeyDraft } from './draft.ts';
import { holds, isClosedByHand, type Window, windowOf } from './guard.ts';
import { occurrenceAt } from './occurrence.ts';
import { endOf, type Placing } from './placing.ts';
import { knows, placedOccurrences } from './suppressed.ts';

/** Whether this firing had its place before and is over: its window may be so old that it is forgotten. */
export function isSettledLongAgo(draft: Draft, key: KeyDraft, placing: Placing): boolean {
  const before = draft.loaded.heads.get(placing.fingerprint);
  if (!before || !knows(before, placing.at) || endOf(draft, placing) === undefined) return false;
  const keys = draft.chain(key).map(({ hash }) => hash);
  return before.memberships.some(({ correlation }) => keys.includes(correlation));
}

/** Whether a person ended the incident of this firing, which goes on, and knew of it. */
export function isEndedByHand(draft: Draft, key: KeyDraft, placing: Placing): boolean {
  const before = draft.loaded.heads.get(placing.fingerprint);
  if (!before || endOf(draft, placing) !== undefined) return false;
  return isKnownSinceClosing(before, key, placing) || isForgotten(before, key, placing);
}

/**
 * Whether this firing goes on since before a person closed or deleted its incident, who could read of it in the log. What was
 * told under a later number, nobody knew of: it may have been written after the closing.
 */
function isKnownSinceClosing(before: AlertHead, key: KeyDraft, { at }: Placing): boolean {
  const occurrence = occurrenceAt(placedOccurrences(before, key.guard), at);
  if (!occurrence || occurrence.to !== undefined) return false;
  return key.guard.windows
    .filter((window) => isClosedByHand(window) && at <= (window.to ?? at))
    .some(({ incident, knew = 0 }) =>
      before.memberships.some(
        (member) => member.incident === incident && member.seq !== undefined && member.seq <= knew,
      ),
    );
}

/**
 * Whether this firing had its place in a window that is forgotten. One that all its alerts had left is closed by a settling, and
 * this one never left: so a person closed it. One that had ended by itself, and turns out to go on, had left.
 */
function isForgotten(before: AlertHead, { guard, hash }: KeyDraft, { at }: Placing): boolean {
  const occurrence = occurrenceAt(placedOccurrences(before, guard), at);
  if (!occurrence || occurrence.to !== undefined) return false;
  if (!knows(before, at) || guard.windows.some((window) => holds(window, at))) return false;
  const member = before.memberships.find(({ correlation }) => correlation === hash);
  return member?.seq !== undefined && !windowOf(guard, member.incident);
}

/**
 * Whether the alert is in the window's incident already. An alert that came under two keys at once was written with one of them:
 * its other membership has no number yet, so that the next repeat is told in the log once more, and gets one.
 */
export function isMember(draft: Draft, head: AlertHead, { hash }: KeyDraft, window: Window): boolean {
  const isUntold = ({ incident, generation, seq }: Membership): boolean =>
    seq === undefined &&
    (draft.loaded.heads.get(head.fingerprint)?.memberships ?? []).some(
      (old) => old.incident === incident && old.generation === generation,
    );
  return head.memberships.some(
    (member) =>
      member.correlation === hash &&
      member.incident === window.incident &&
      member.generation === window.generation &&
      !isUntold(member),
  );
}
