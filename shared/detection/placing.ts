import type { Severity } from '../alerts/index.ts';
import type { ReasonedEntry } from '../incidents/index.ts';
import { cut, type Instant } from '../kernel/index.ts';
import { type AlertHead, stateOf, withMembership } from './alert-head.ts';
import type { Draft, KeyDraft } from './draft.ts';
import { type FlappingSettings, flapsUntil } from './flapping.ts';
import type { Window } from './guard.ts';
import { holdingOpen, settleForgotten } from './holding.ts';
import type { Match } from './match.ts';
import { occurrenceAt, ownEnd } from './occurrence.ts';
import { wayInto } from './routes.ts';
import { placedOccurrences } from './suppressed.ts';
import { withoutWaiting } from './waits.ts';

/** One firing that wants a place under a key. */
export interface Placing {
  readonly fingerprint: string;
  readonly at: Instant;
  readonly severity: Severity;
  /** When we received it; absent for one that waited for a threshold. */
  readonly receivedAt?: Instant;
  readonly description?: string;
}

/** When the occurrence of this firing ended; undefined while it goes on, as far as is known. */
export function endOf(draft: Draft, { fingerprint, at }: Placing): Instant | undefined {
  const head = draft.head(fingerprint);
  return head && occurrenceAt(placedOccurrences(head), at)?.to;
}

/** Makes an alert a member of the window's incident, and has the log tell so. */
export function enter(
  draft: Draft,
  key: KeyDraft,
  match: Match,
  window: Window,
  fingerprint: string,
  at: Instant,
  severity: Severity,
): void {
  const head = draft.head(fingerprint);
  if (!head) return;
  const { incident, generation } = window;
  const held = key.pageAt !== undefined && key.pageAt > draft.now && { pageAt: key.pageAt };
  const membership = {
    ...{ correlation: key.hash, incident, generation },
    ...reasonOf(match),
    ...wayInto(match, key.hash),
    ...held,
    ...(match.minDuration !== undefined && { minDuration: match.minDuration }),
  };
  const member = withMembership(withoutWaiting(head), membership, (older) => holdingOpen(draft, older));
  draft.put(member, key);
  settleForgotten(draft, head, member);
  key.entry(incident, entryOf(member, at, severity, match, draft.loaded.flapping));
}

type Reason = Pick<ReasonedEntry, 'why' | 'score'>;

const reasonOf = ({ why, score }: Reason): Reason => ({ why, ...(score !== undefined && { score }) });

/** What the incident's log says of this alert. */
export function entryOf(
  head: AlertHead,
  at: Instant,
  severity: Severity,
  reason: Reason,
  flapping?: FlappingSettings,
): ReasonedEntry {
  return {
    fingerprint: head.fingerprint,
    state: stateOf(head) ?? 'firing',
    title: cut(head.title ?? 'Alert without a title', 120),
    severity,
    at,
    ...reasonOf(reason),
    ...(flapsUntil(head, flapping) !== undefined && { flapping: true as const }),
    ...(ownEnd(head) !== undefined && { lapsed: true as const }),
  };
}
