import type { AlertHead } from './alert-head.ts';
import type { Draft } from './draft.ts';
import { isOpenWindow, windowAt } from './guard.ts';
import { matchRule, type Received } from './match.ts';
import { occurrencesOf } from './occurrence.ts';
import { joinWindow } from './place.ts';
import { placedOccurrences } from './suppressed.ts';

/**
 * Opens again what an alert had come into, that had ended by itself and by one that comes late turns out to have gone on: also where
 * the rule of that one puts it elsewhere, or nowhere.
 */
export function goOn(
  draft: Draft,
  before: AlertHead | undefined,
  fingerprint: string,
  firings: readonly Received[],
): void {
  const head = draft.head(fingerprint);
  const newest = firings.at(-1);
  if (!before || !head || !newest || !isEndUndone(before, head)) return;
  // How urgent it is, and how long it must last, are of the rule that puts it elsewhere.
  const { isLow: _, minDuration: __, ...match } = matchRule(draft.loaded.rules, newest);
  for (const { correlation: hash, via = hash, incident, why, score, minDuration } of before.memberships) {
    const key = draft.key(hash);
    const last = placedOccurrences(head, { hash }).at(-1);
    const window = last?.to === undefined && last ? windowAt(key.guard, last.last, incident) : undefined;
    if (!last || !window || isOpenWindow(window)) continue;
    const again = {
      ...{ ...match, hash, via, why },
      ...(score !== undefined && { score }),
      ...(minDuration !== undefined && { minDuration }),
    };
    const { severity, isLow } = window;
    const { receivedAt } = newest.from;
    joinWindow(draft, key, isLow ? { ...again, isLow } : again, {
      fingerprint,
      at: last.last,
      severity,
      receivedAt,
    });
  }
}

/** Whether the alert is on by now since before an end that it had. */
function isEndUndone(before: AlertHead, head: AlertHead): boolean {
  const now = occurrencesOf(head).at(-1);
  if (!now || now.to !== undefined) return false;
  return occurrencesOf(before).some(({ to }) => to !== undefined && now.from < to);
}
