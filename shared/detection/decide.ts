import type { Instant } from '../kernel/index.ts';
import { asItCounts, asReceived, withReceived } from './again.ts';
import { type AlertHead, lapsedBy, pastAfter } from './alert-head.ts';
import { endingAgain, withOwnEnd } from './auto-resolve.ts';
import type { AlertInBatch } from './batch.ts';
import { waitingHeads } from './counting.ts';
import type { Decision, Loaded } from './decision.ts';
import { Draft } from './draft.ts';
import { place } from './firing.ts';
import { followAnswer, followEnd, followEndsBetween, followResolve, isAnswer } from './follow.ts';
import { goOn } from './gone-on.ts';
import { noteMutable } from './inhibition/page.ts';
import { noteSource } from './inhibition/sources.ts';
import { lookAgain } from './look-again.ts';
import { matchRule, type Received } from './match.ts';
import type { PastChange } from './occurrence.ts';
import { withoutSameRoutes, withRoutes } from './routes.ts';
import type { Rule } from './rule.ts';
import { heldBefore } from './suppression.ts';
import { waitedBefore, withMoved } from './waits.ts';

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
function mutingFirst(
  alerts: readonly AlertInBatch[],
  { inhibitions, waiting }: Loaded,
): readonly AlertInBatch[] {
  if (!inhibitions) return alerts;
  const mutes = ({ fingerprint, firings }: AlertInBatch) =>
    [...firings, ...[waiting?.get(fingerprint)].filter((one) => one !== undefined)].some(
      (firing) => inhibitions.sourcesOf(firing).length > 0,
    );
  return [...alerts.filter(mutes), ...alerts.filter((alert) => !mutes(alert))];
}

function decideAlert(draft: Draft, given: AlertInBatch): void {
  const alert = withoutDropped(draft, given);
  if (!alert) return;
  const before = draft.loaded.heads.get(alert.fingerprint);
  const known = draft.head(alert.fingerprint) ?? newHead(draft, alert);
  if (!known) return;
  const { head: told, past, firings } = heard(known, alert, draft.loaded.rules);
  const held = heldBefore(draft, told, firings);
  const waiting = draft.loaded.waiting?.get(alert.fingerprint);
  const waited = waitedBefore(told, waiting, [...held, ...firings]);
  const again = [...held, ...waited];
  const { rules } = draft.loaded;
  const ending = endingAgain(told, again, rules, alert.askedAt ?? draft.now);
  const head = withRoutes(ending, before, [...again, ...firings], rules);
  if (!before || isChanged(before, head)) draft.put(head);
  draft.putPast(alert.fingerprint, past);
  // What waited may mute others, and others it, by what was configured since.
  const since =
    waited.length === 0 ? firings : [...waited, ...firings].toSorted((a, b) => a.signal.at - b.signal.at);
  noteSource(draft, alert, since);
  noteMutable(draft, alert.fingerprint, since);
  lookAgain(draft, before, alert.fingerprint, firings);
  place(draft, [...again, ...firings]);
  noteMoved(draft, alert.fingerprint, waited);
  goOn(draft, before, alert.fingerprint, firings);
  const now = draft.head(alert.fingerprint) ?? head;
  for (const other of alert.others)
    if (other.signal.state === 'resolved') followResolve(draft, before, now, other);
  // Told of once, but settled with each question: the message that was sent for the first may have been lost.
  if (now.lapsed !== undefined && (alert.from === undefined || now.lapsed !== before?.lapsed))
    followEnd(draft, before, now, now.lapsed);
  followEndsBetween(draft, before, now, alert.others);
  followAnswer(draft, before, now, [...alert.others, ...alert.firings].filter(isAnswer));
  tidy(draft, before, alert.fingerprint);
}

/** What waited and is placed by now counts no more. */
function noteMoved(draft: Draft, fingerprint: string, [waited]: ReturnType<typeof waitedBefore>): void {
  const head = waited && draft.head(fingerprint);
  const moved = head && withMoved(head, waited, draft.now);
  if (moved && moved !== head) draft.put(moved);
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
