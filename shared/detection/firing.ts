import type { Instant } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import { type Firing, followed, linkedTo, openOrJoin, sentOn } from './correlation/join.ts';
import type { Draft, KeyDraft } from './draft.ts';
import { touching } from './guard.ts';
import { isSettledLongAgo } from './known.ts';
import { type Match, matchRule, type Received } from './match.ts';
import { occurrenceAt, occurrencesOf } from './occurrence.ts';
import { pageTime } from './page-time.ts';
import { joinWindow } from './place.ts';
import type { Placing } from './placing.ts';
import { isCounting } from './rule.ts';
import { withRuledOut } from './rule-suppression.ts';
import { joinStorm } from './storm.ts';
import { placedOccurrences } from './suppressed.ts';
import { countsAt } from './suppression.ts';
import { joinWaiting, wait } from './waiting.ts';
import { withoutWaiting } from './waits.ts';

/** A firing that counts for incidents, by its rule and by what keeps it quiet. */
interface Counted {
  readonly firing: Received;
  readonly match: Match;
  readonly at: Instant;
}

/** Puts the firings of one alert where their rules, what keeps them quiet, and what they have to do with others say; the draft then says so. */
export function place(draft: Draft, firings: readonly Received[]): void {
  // Where one goes depends on when the alert was on, and so on which of the others are held back.
  const counted = firings.flatMap((firing) => countedOf(draft, firing) ?? []);
  for (const one of counted) placeOne(draft, one);
}

function countedOf(draft: Draft, firing: Received): Counted | undefined {
  draft.because(firing.from);
  const match = matchRule(draft.loaded.rules, firing);
  noteRule(draft, match, firing);
  const at = match.does === 'open' ? countsAt(draft, match, firing) : undefined;
  return at === undefined ? undefined : { firing, match, at };
}

function placeOne(draft: Draft, { firing, match, at }: Counted): void {
  draft.because(firing.from);
  const own = draft.key(match.hash, match.rule.id);
  const { fingerprint, description } = firing.signal;
  const head = draft.head(fingerprint);
  const occurrence = head && occurrenceAt(placedOccurrences(head), at);
  const goesOn = occurrence !== undefined && occurrence.to === undefined;
  const key = keyOf(draft, own, { at, goesOn }, head);
  // The two are written together, so nothing else may happen under its own key before that.
  if (key === own && own.isLinkedNow) {
    draft.postpone(fingerprint);
    return;
  }
  key.asked.add(fingerprint);
  key.page(pageTime(draft, key, match, firing, at));
  if (key === own) key.group(match);
  const { severity } = match;
  const { receivedAt } = firing.from;
  const placing = {
    fingerprint,
    at,
    severity,
    receivedAt,
    ...(description !== undefined && { description }),
  };
  const isJoined = joinWindow(draft, key, sentOn(match, own, key), placing);
  // What waits under its own key goes on waiting there.
  if (key === own) open(draft, own, match, { placing, firing, isJoined });
}

/** A rule that keeps an alert without an incident stands on its head. */
function noteRule(draft: Draft, match: Match, { signal }: Received): void {
  const head = draft.head(signal.fingerprint);
  const noted = head && withRuledOut(head, match, signal.at);
  const waitedTillNow = match.does !== 'open' && noted?.waits === signal.at;
  const said = noted && waitedTillNow ? withoutWaiting(noted) : noted;
  if (said && said !== head) draft.put(said);
}

interface Placed {
  readonly placing: Placing;
  readonly firing: Received;
  readonly isJoined: boolean;
}

/** Opens an incident for what came into none, or counts it. */
function open(draft: Draft, key: KeyDraft, match: Match, { placing, firing, isJoined }: Placed): void {
  if (isCounting(match.rule)) {
    if (!isJoined) wait(draft, key, match, placing, firing);
    if (!key.isLinkedNow) joinWaiting(draft, key, match);
  } else if (!isJoined && !isSettledLongAgo(draft, key, placing))
    openOrJoin(draft, key, match, [placing], () => joinStorm(draft, key, match, placing, firing));
}

/** Where a firing goes: the key that a person sent its alert to, else its own, or that which this is sent on to. */
function keyOf(draft: Draft, own: KeyDraft, firing: Firing, head: AlertHead | undefined): KeyDraft {
  if (head?.pin === undefined) return followed(draft, own, firing);
  const pinned = draft.key(head.pin);
  const isThere = touching(pinned.guard, firing).length > 0;
  const taker = isThere ? pinned : linkedTo(draft, pinned, firing);
  if (taker && !isAnew(pinned, head, firing)) return taker;
  const { pin: _, ...free } = head;
  draft.put(free);
  return followed(draft, own, firing);
}

/** Whether it begins so long after the alert was over that it is another matter. */
function isAnew({ guard }: KeyDraft, head: AlertHead, { at }: Firing): boolean {
  const ends = occurrencesOf(head).flatMap(({ to }) => (to !== undefined && to <= at ? [to] : []));
  const last = ends.at(-1);
  return last !== undefined && at - last > guard.grouping && occurrencesOf(head).at(-1)?.from === at;
}
