import type { Instant } from '../kernel/index.ts';
import { askedAfter, firstPageAt } from './behind.ts';
import type { Draft, KeyDraft } from './draft.ts';
import type { Match, Received } from './match.ts';
import { endsBy, occurrenceAt } from './occurrence.ts';
import { placedOccurrences } from './suppressed.ts';

/** When to page first about a firing: not while more may wait that ends it, nor before it has gone on for as long as its rule wants. */
export function pageTime(
  draft: Draft,
  { guard }: KeyDraft,
  { minDuration = 0 }: Match,
  firing: Received,
  at: Instant,
): Instant {
  const { now } = draft;
  const head = draft.head(firing.signal.fingerprint);
  const since = (head && occurrenceAt(placedOccurrences(head, { ...guard, at }), at)?.from) ?? at;
  return Math.max(
    firstPageAt(firing.from.queuedAt, now),
    askedAfter(head && endsBy(head), now),
    since + minDuration,
  );
}
