import type { Instant } from '../kernel/index.ts';
import { asItCounts, asReceived, withReceived } from './again.ts';
import { type AlertHead, lapsedBy, type Membership, pastAfter, stateOf } from './alert-head.ts';
import { withOwnEnd } from './auto-resolve.ts';
import type { AlertInBatch } from './batch.ts';
import { waitingHeads } from './counting.ts';
import type { Decision, Loaded } from './decision.ts';
import { Draft, type KeyDraft } from './draft.ts';
import { place } from './firing.ts';
import { type Guard, isOpenWindow, ledTo, type Window, windowAt, windowOf, windowWith } from './guard.ts';
import { noteMutable } from './inhibition/page.ts';
import { noteSource } from './inhibition/sources.ts';
import { matchRule, type Received } from './match.ts';
import { type Occurrence, occurrencesOf, type PastChange } from './occurrence.ts';
import { entryOf } from './placing.ts';
import { type Under, withoutSameRoutes, withRoutes } from './routes.ts';
import type { Rule } from './rule.ts';
import { endedAt, isOn, placedOccurrences } from './suppressed.ts';
import { heldBefore } from './suppression.ts';

/**
 * What a batch of signals causes, decided on event time only: for any order, repetition and division into batches of the
 * same signals, the windows, their severity, members and open or closed state come out the same.
 */
export function decideSignals(alerts: readonly AlertInBatch[], loaded: Loaded, now: Instant): Decision {
  const draft = new Draft(loaded, now);
  for (const alert of mutingFirst(alerts, loaded)) decideAlert(draft, alert);
  return draft.finish();
}

/** Those that mute others first: what they mute may be of the same batch. */
function mutingFirst(alerts: readonly AlertInBatch[], { inhibitions }: Loaded): readonly AlertInBatch[] {
  if (!inhibitions) return alerts;
  const mutes = ({ firings }: AlertInBatch) =>
    firings.some((firing) => inhibitions.sourcesOf(firing).length > 0);
  return [...alerts.filter(mutes), ...alerts.filter((alert) => !mutes(alert))];
}

function decideAlert(draft: Draft, given: AlertInBatch): void {
  const alert = withoutDropped(draft, given);
  if (!alert) return;
  const before = draft.loaded.heads.get(alert.fingerprint);
  const known = draft.head(alert.fingerprint) ?? newHead(draft, alert);
  if (!known) return;
  const { head: told, past, firings } = heard(known, alert, draft.loaded.rules);
  const again = heldBefore(draft, told, firings);
  const head = withRoutes(told, before, [...again, ...firings], draft.loaded.rules);
  if (!before || isChanged(before, head)) draft.put(head);
  draft.putPast(alert.fingerprint, past);
  noteSource(draft, alert.fingerprint, firings);
  noteMutable(draft, alert.fingerprint, firings);
  place(draft, [...again, ...firings]);
  const now = draft.head(alert.fingerprint) ?? head;
  for (const other of alert.others)
    if (other.signal.state === 'resolved') followResolve(draft, before, now, other);
  // Told of once, but settled with each question: the message that was sent for the first may have been lost.
  if (now.lapsed !== undefined && (alert.from === undefined || now.lapsed !== before?.lapsed))
    followEnd(draft, before, now, now.lapsed);
  const answer = [...alert.others, ...alert.firings].find(isAnswer);
  if (answer) followAnswer(draft, before, now, answer);
  tidy(draft, before, alert.fingerprint);
}

/** A head that is written anyway says no more than it must. */
function tidy(draft: Draft, before: AlertHead | undefined, fingerprint: string): void {
  const head = draft.head(fingerprint);
  if (!head || head === before) return;
  const short = withoutSameRoutes(head);
  if (short !== head) draft.put(short);
}

/** Of what a rule drops nothing is known here: only the count of signals has it. Undefined when that is all. */
function withoutDropped({ loaded }: Draft, alert: AlertInBatch): AlertInBatch | undefined {
  const firings = alert.firings.filter((firing) => matchRule(loaded.rules, firing).does !== 'drop');
  if (firings.length === alert.firings.length) return alert;
  return firings.length + alert.others.length === 0 ? undefined : { ...alert, firings };
}

function newHead(draft: Draft, { fingerprint, from }: AlertInBatch): AlertHead | undefined {
  if (from === undefined) return undefined;
  const { integration, source } = from;
  return {
    org: draft.loaded.org,
    fingerprint,
    version: 0,
    integration,
    source,
    labels: {},
    links: [],
    firings: [],
    resolves: [],
    memberships: [],
  };
}

/**
 * The head after all that a batch says of it, and what that changes of its past. What it says ends nothing by itself: where much
 * waits, what goes on would look over, since the word that it does waits, too. The sweep's question waits behind that.
 */
function heard(before: AlertHead, alert: AlertInBatch, rules: readonly Rule[]) {
  const { askedAt } = alert;
  const past = new Map<Instant, PastChange>();
  const firings: Received[] = [];
  let head = before;
  for (const received of asReceived(alert)) {
    const one = asItCounts(head, withOwnEnd(rules, received));
    for (const change of pastAfter(head, one.signal)) past.set(change.from, change);
    head = withReceived(head, one);
    if (one.signal.state === 'firing') firings.push(one);
  }
  return {
    head: askedAt === undefined ? head : lapsedBy(head, askedAt),
    past: [...past.values()],
    firings: firings.toSorted((a, b) => a.signal.at - b.signal.at),
  };
}

/** A repeat that says nothing new writes nothing. */
function isChanged(before: AlertHead, after: AlertHead): boolean {
  return (
    before.firings !== after.firings ||
    before.resolves !== after.resolves ||
    before.untils !== after.untils ||
    before.lapsed !== after.lapsed ||
    before.routes !== after.routes ||
    before.over?.heardAt !== after.over?.heardAt ||
    before.acknowledgedAt !== after.acknowledgedAt ||
    before.unacknowledgedAt !== after.unacknowledgedAt
  );
}

/**
 * Tells the incident of the occurrence that this resolve ended. It is looked at when all has been quiet for a while: then it
 * is closed, or, when it is closed already, its end is corrected.
 */
function followResolve(
  draft: Draft,
  before: AlertHead | undefined,
  head: AlertHead,
  { signal: { at }, from }: Received,
): void {
  draft.because(from);
  followEnd(draft, before, head, at);
}

/** The same for any end of an occurrence. */
function followEnd(draft: Draft, before: AlertHead | undefined, head: AlertHead, at: Instant): void {
  // A repetition is told once, but settled again: the message that was sent for the first may have been lost.
  const isKnown = before !== undefined && (before.resolves.includes(at) || before.lapsed === at);
  const isNews = !isKnown && !isOn(head);
  for (const { membership, key, window } of windowsOf(draft, head, (under) => endedAt(head, at, under))) {
    if (isOpenWindow(window) && isNews) tell(draft, key, window, head, at, membership);
    draft.settle({ incident: window.incident, generation: window.generation, correlation: key.hash });
  }
}

const isAnswer = ({ signal }: Received): boolean =>
  signal.state === 'acknowledged' || signal.unacknowledged === true;

/**
 * Tells the incident that somebody took the alert in its own source, or gave it back. The incident is acknowledged with it; it
 * stays so when that is taken back, since others may be at work on it.
 */
function followAnswer(
  draft: Draft,
  before: AlertHead | undefined,
  head: AlertHead,
  { from }: Received,
): void {
  draft.because(from);
  const isTaken = stateOf(head) === 'acknowledged';
  const wasTaken = before !== undefined && stateOf(before) === 'acknowledged';
  if (isTaken === wasTaken || !isOn(head)) return;
  const at = (isTaken ? head.acknowledgedAt : head.unacknowledgedAt) ?? 0;
  const current = (under: Under) => placedOccurrences(head, under).findLast(({ to }) => to === undefined);
  for (const { membership, key, window } of windowsOf(draft, head, current)) {
    if (!isOpenWindow(window)) continue;
    tell(draft, key, window, head, at, membership);
    if (!isTaken) continue;
    const openedNow = !draft.loaded.guards
      .get(key.hash)
      ?.windows.some((old) => old.incident === window.incident);
    if (!openedNow) key.command(window.incident, { do: 'acknowledge', generation: window.generation });
  }
}

function tell(
  draft: Draft,
  key: KeyDraft,
  window: Window,
  head: AlertHead,
  at: Instant,
  membership: Membership,
): void {
  const { severity = window.severity } = head;
  draft.put(head, key);
  key.entry(window.incident, entryOf(head, at, severity, membership, draft.loaded.flapping));
}

/**
 * The windows that this occurrence is in: one of each key that it came through, and besides the open one, which it may have come
 * into too late. Its own incident may have been merged into another meanwhile, so it is found by time; what came too late fired
 * before its own window begins.
 */
function windowsOf(draft: Draft, head: AlertHead, occurrenceUnder: (under: Under) => Occurrence | undefined) {
  const seen = new Set<string>();
  return head.memberships.flatMap((membership) => {
    const occurrence = occurrenceUnder({ hash: membership.correlation });
    if (!occurrence) return [];
    const first = draft.key(membership.correlation);
    const own = windowOf(first.guard, membership.incident);
    const isOwn = own && isIn(own, head, membership, occurrence);
    const { key, window } = isOwn
      ? { key: first, window: own }
      : (mergedInto(draft, first, head, { occurrence, membership }) ?? { key: first, window: undefined });
    key.asked.add(head.fingerprint);
    if (!window || seen.has(window.incident)) return [];
    const isBeside = window === own && isOpenWindow(window);
    if (!isBeside && seen.has(key.hash)) return [];
    seen.add(window.incident);
    if (!isBeside) seen.add(key.hash);
    return [{ membership, key, window }];
  });
}

interface Belonging {
  readonly occurrence: Occurrence;
  readonly membership: Membership;
}

/**
 * The window that an occurrence is in now: that which took in its incident, though it may begin later; else, of its own key or of one
 * that its alerts were sent on to, that of its time; else what is open of the key that its own was merged into.
 */
function mergedInto(draft: Draft, own: KeyDraft, head: AlertHead, { occurrence, membership }: Belonging) {
  const { incident, correlation } = membership;
  const chain = draft.chain(own).map((key, i, all) => ({ key, there: windowsOver(key, all[i - 1]) }));
  const found = (pick: (there: Guard) => Window | undefined) => {
    for (const { key, there } of chain) {
      const window = pick(there);
      if (window) return { key, window };
    }
    return undefined;
  };
  return (
    found((there) => {
      const window = windowWith(there, incident);
      return window && isIn(window, head, membership, occurrence) ? window : undefined;
    }) ??
    found((there) => windowAt(there, occurrence.last, incident)) ??
    found(({ took, windows }) =>
      took?.includes(correlation)
        ? windows.find((one) => isKeptOpen(one, head, membership, occurrence))
        : undefined,
    )
  );
}

/** A guard with the windows that another key leads to; with all when there is none. */
const windowsOver = ({ guard }: KeyDraft, before: KeyDraft | undefined): Guard =>
  before?.guard.link ? { ...guard, windows: ledTo(before.guard.link, guard.windows) } : guard;

/** Whether it is the alert's last one, with which it came so late into the open window that all of it lies before. */
const isKeptOpen = (
  own: Window,
  head: AlertHead,
  { correlation: hash }: Membership,
  { from }: Occurrence,
): boolean =>
  isOpenWindow(own) &&
  [occurrencesOf(head).at(-1), placedOccurrences(head, { hash }).at(-1)].some((last) => last?.from === from);

const isIn = (own: Window, head: AlertHead, membership: Membership, occurrence: Occurrence): boolean =>
  (own.from <= (occurrence.to ?? own.from) && occurrence.last <= (own.to ?? occurrence.last)) ||
  isKeptOpen(own, head, membership, occurrence);

/** What the writer must have loaded beside the heads of the batch: guards of known memberships, heads of those that wait in slots and decide. */
export function stillNeeded(loaded: Loaded): {
  readonly guards: readonly string[];
  readonly heads: readonly string[];
} {
  const guards = [
    ...[...loaded.heads.values()].flatMap(({ memberships }) =>
      memberships.map(({ correlation }) => correlation),
    ),
    ...[...loaded.heads.values()].flatMap(({ pin, inhibits = [] }) =>
      pin === undefined ? inhibits : [pin, ...inhibits],
    ),
    ...[...loaded.guards.values()].flatMap(({ link }) => link?.to ?? []),
    ...[...(loaded.neighbours?.values() ?? [])].flat().flatMap(({ correlation }) => correlation?.hash ?? []),
  ];
  return {
    guards: [...new Set(guards)].filter((hash) => !loaded.guards.has(hash)),
    heads: [...new Set(waitingHeads(loaded))].filter((fingerprint) => !loaded.heads.has(fingerprint)),
  };
}
