import { isWorse, type Severity } from '../alerts/index.ts';
import type { ReasonedEntry } from '../incidents/index.ts';
import { firstStep } from '../incidents/index.ts';
import { type Instant, idOf } from '../kernel/index.ts';
import { type AlertHead, isActive, stateOf, withMembership } from './alert-head.ts';
import { bridge, coalesce } from './bridge.ts';
import type { Draft, KeyDraft } from './draft.ts';
import {
  holds,
  isClosedByHand,
  isOpenWindow,
  reopened,
  stretched,
  touching,
  type Window,
  withWindow,
} from './guard.ts';
import type { Match } from './match.ts';
import { occurrenceAt } from './occurrence.ts';

/** One firing that wants a place under a key. */
export interface Placing {
  readonly fingerprint: string;
  readonly at: Instant;
  readonly severity: Severity;
  /** When we received it; absent for one that waited for a threshold. */
  readonly receivedAt?: Instant;
  readonly description?: string;
}

/** Whether this firing had its place before and is over: its window may be so old that it is forgotten. */
export function isSettledLongAgo(draft: Draft, key: KeyDraft, placing: Placing): boolean {
  const before = draft.loaded.heads.get(placing.fingerprint);
  if (!before?.firings.includes(placing.at) || endOf(draft, placing) === undefined) return false;
  return before.memberships.some(({ correlation }) => correlation === key.hash);
}

/** Opens an incident for these alerts. One whose resolve is known already opens resolved and wakes nobody. */
export function openIncident(draft: Draft, key: KeyDraft, match: Match, members: readonly Placing[]): void {
  const sorted = [...members].sort((a, b) => a.at - b.at);
  const [first] = sorted;
  if (!first) return;
  const heads = sorted.flatMap(({ fingerprint }) => draft.head(fingerprint) ?? []);
  const incident = idOf('incident', first.at, draft.loaded.org, key.hash, String(key.guard.version));
  const severity = sorted.reduce(
    (worst, { severity: each }) => (isWorse(each, worst) ? each : worst),
    first.severity,
  );
  const ends = sorted.map((placing) => endOf(draft, placing));
  const over = ends.every((end) => end !== undefined);
  const active = heads.filter(isActive);
  const answered = !over && active.length > 0 && active.every((head) => stateOf(head) === 'acknowledged');
  key.open(incident, {
    at: first.at,
    data: openedData(draft, key, match, first, severity, !over && !answered),
  });
  if (answered) key.command(incident, { do: 'acknowledge' });
  const window: Window = { incident, generation: 1, from: first.at, severity };
  key.guard = withWindow(key.guard, over ? endedWindow(draft, key, window, ends) : window);
  for (const { fingerprint, at, severity: each } of sorted)
    enter(draft, key, match, window, fingerprint, at, each);
  coalesce(draft, key, first.at);
}

/** When the occurrence of this firing ended; undefined while it goes on, as far as is known. */
function endOf(draft: Draft, { fingerprint, at }: Placing): Instant | undefined {
  const head = draft.head(fingerprint);
  return head && occurrenceAt(head, at)?.to;
}

function endedWindow(
  draft: Draft,
  key: KeyDraft,
  window: Window,
  ends: readonly (Instant | undefined)[],
): Window {
  const to = Math.max(window.from, ...ends.map((end) => end ?? 0));
  key.command(window.incident, { do: 'resolve', reason: 'alerts-resolved', at: to });
  return { ...window, to, closedAt: draft.now, closedBy: 'settled' };
}

function openedData(
  draft: Draft,
  key: KeyDraft,
  match: Match,
  first: Placing,
  severity: Severity,
  pages: boolean,
) {
  const head = draft.head(first.fingerprint);
  const { assignToTeam, escalateAfter } = match.rule.actions;
  const runbook = match.rule.actions.runbook ?? head?.links.find(({ text }) => text === 'Runbook')?.href;
  const next = pages ? firstStep(severity, draft.now) : undefined;
  return {
    title: head?.title ?? 'Alert without a title',
    severity,
    correlation: { hash: key.hash, rule: match.rule.id, key: match.key },
    ...(first.description !== undefined && { description: first.description.slice(0, 1_000) }),
    ...(head?.service !== undefined && { service: head.service }),
    ...(assignToTeam !== undefined && { policy: assignToTeam }),
    ...(escalateAfter !== undefined && { escalateAfter }),
    ...(runbook !== undefined && { runbook }),
    ...(next && { next }),
  };
}

/** Puts a firing into the window that it touches; false when it touches none. Windows that it bridges become one. */
export function joinWindow(draft: Draft, key: KeyDraft, match: Match, placing: Placing): boolean {
  if (isKnownSinceClosing(draft, key, placing)) return true;
  const goesOn = placing.receivedAt !== undefined && endOf(draft, placing) === undefined;
  const windows = touching(key.guard, { at: placing.at, goesOn });
  const [first, ...others] = windows;
  const head = draft.head(placing.fingerprint);
  if (!first || !head) return false;
  const window = others.reduce((whole, other) => bridge(draft, key, whole, other, placing.at), first);
  if (isOpenWindow(window)) joinOpen(draft, key, match, window, placing, head);
  else joinClosed(draft, key, match, window, placing, head);
  coalesce(draft, key, placing.at);
  return true;
}

function joinOpen(
  draft: Draft,
  key: KeyDraft,
  match: Match,
  window: Window,
  placing: Placing,
  head: AlertHead,
): void {
  const { fingerprint, at, severity } = placing;
  const grown = stretched(window, at, severity);
  if (isWorse(severity, window.severity))
    key.command(window.incident, { do: 'raise-severity', to: severity });
  if (grown.from !== window.from || grown.severity !== window.severity)
    key.guard = withWindow(key.guard, grown);
  const before = draft.loaded.heads.get(fingerprint);
  const over = endOf(draft, placing) !== undefined;
  const { incident, generation } = window;
  // Also for a repetition: the message that was sent for the first may have been lost.
  if (over) draft.settle({ incident, generation, correlation: key.hash });
  const repeated = isMember(head, key, window) && (over || (before !== undefined && isActive(before)));
  if (!repeated) enter(draft, key, match, window, fingerprint, at, severity);
}

function joinClosed(
  draft: Draft,
  key: KeyDraft,
  match: Match,
  window: Window,
  placing: Placing,
  head: AlertHead,
): void {
  const { fingerprint, at, severity } = placing;
  const end = endOf(draft, placing);
  const grown = stretched(stretched(window, at, severity), end ?? at, severity);
  if (end !== undefined) {
    if (isMember(head, key, window) && isSame(grown, window)) return;
    if (isWorse(severity, window.severity))
      key.command(window.incident, { do: 'raise-severity', to: severity });
    key.guard = withWindow(key.guard, grown);
    enter(draft, key, match, window, fingerprint, at, severity);
    return;
  }
  const open = reopened(grown);
  key.command(window.incident, { do: 'reopen', reason: 'alert-fired', at });
  if (isWorse(severity, window.severity))
    key.command(window.incident, { do: 'raise-severity', to: severity });
  key.guard = withWindow(key.guard, open);
  enter(draft, key, match, open, fingerprint, at, severity);
}

/** Whether stretching changed nothing. */
function isSame(grown: Window, window: Window): boolean {
  return grown.from === window.from && grown.to === window.to && grown.severity === window.severity;
}

/**
 * Whether this firing goes on since before a person closed or deleted its incident, who could read of it in the log. What was
 * told under a later number, nobody knew of: it may have been written after the closing.
 */
function isKnownSinceClosing(draft: Draft, key: KeyDraft, placing: Placing): boolean {
  const before = draft.loaded.heads.get(placing.fingerprint);
  if (!before || endOf(draft, placing) !== undefined) return false;
  const occurrence = occurrenceAt(before, placing.at);
  if (!occurrence || occurrence.to !== undefined) return false;
  return key.guard.windows
    .filter((window) => isClosedByHand(window) && holds(window, placing.at))
    .some(({ incident, knew = 0 }) =>
      before.memberships.some(
        (member) => member.incident === incident && member.seq !== undefined && member.seq <= knew,
      ),
    );
}

function isMember(head: AlertHead, key: KeyDraft, window: Window): boolean {
  return head.memberships.some(
    ({ correlation, incident, generation }) =>
      correlation === key.hash && incident === window.incident && generation === window.generation,
  );
}

function enter(
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
  const member = withMembership(head, { correlation: key.hash, incident, generation, why: match.why });
  draft.put(member, key);
  key.entry(incident, entryOf(member, at, severity, match.why));
}

/** What the incident's log says of this alert. */
export function entryOf(head: AlertHead, at: Instant, severity: Severity, why: string): ReasonedEntry {
  return {
    fingerprint: head.fingerprint,
    state: stateOf(head) ?? 'firing',
    title: (head.title ?? 'Alert without a title').slice(0, 120),
    severity,
    at,
    why,
  };
}
