import { needsHuman } from '../incidents/index.ts';
import { openOrJoin } from './correlation/join.ts';
import { covers } from './counting.ts';
import type { Draft, KeyDraft } from './draft.ts';
import { isDeleted, isFree } from './free.ts';
import { allTaken, mayTakeIn, notAllTaken } from './gathered.ts';
import { isOpenWindow } from './guard.ts';
import { isLate } from './late.ts';
import type { Match, Received } from './match.ts';
import { joinWindow } from './place.ts';
import { endOf, type Placing } from './placing.ts';
import {
  alertOf,
  type Counted,
  type CountedFiring,
  countedAs,
  firingsOf,
  reached,
  type SlotEntry,
  slotOf,
  thresholdOf,
  withFiring,
} from './threshold.ts';
import { isMoved, waitingPart, withWaiting } from './waits.ts';

/** Counts a firing of a threshold rule; opens the incident when enough distinct alerts fired close together. */
export function wait(draft: Draft, key: KeyDraft, match: Match, placing: Placing, received: Received): void {
  const threshold = thresholdOf(match.rule);
  const number = slotOf(placing.at, threshold);
  // It counts at another time than was thought when slots were read; those of that time are read then.
  if (!covers(key.ranges, number)) {
    draft.postpone(placing.fingerprint);
    return;
  }
  const slot = key.slots.get(number) ?? { slot: number, alerts: {} };
  const firing = { ...placing, ...(match.isLow && { isLow: true as const }) };
  const by = knownOf(draft, key);
  const isGone = (entry: string, [first, last]: SlotEntry): boolean =>
    [first, last].every((at) => isDeleted(by, alertOf(entry), at));
  const counted = withFiring(slot, countedAs(placing.fingerprint, match.member), firing, threshold, isGone);
  if (counted !== slot) key.putSlot(counted, match);
  noteWaiting(draft, match, received);
  // Whoever counts the firing must find its alert, so the two are written together.
  key.fingerprints.add(placing.fingerprint);
  const enough = reached(freeNear(draft, key, match, number), threshold);
  if (!enough) return;
  key.takesIn = true;
  if (belongToOpen(draft, key, enough))
    for (const each of enough) join(draft, key, match, { ...each, receivedAt: draft.now });
  else openOrJoin(draft, key, withUrgency(match, enough), enough);
}

/** Says on its head that a firing waits, and keeps it: it goes elsewhere when rules change. */
function noteWaiting(draft: Draft, { rule }: Match, { signal, from }: Received): void {
  const { fingerprint } = signal;
  const before = draft.head(fingerprint);
  const head = before && withWaiting(before, signal.at);
  if (!head || head === before) return;
  draft.put(head);
  const { integration, source, receipt, receivedAt } = from;
  draft.keep({
    ...{ quiet: waitingPart(fingerprint), quietTo: receivedAt, signal, why: `Rule '${rule.name}' counts it` },
    from: { integration, source, receipt, receivedAt },
  });
}

const knownOf = (draft: Draft, { guard }: KeyDraft) => ({
  guard,
  head: (fingerprint: string) => draft.head(fingerprint),
});

/** What is counted too late merges nothing: when it goes on, it belongs to the incident that is open. */
function belongToOpen(draft: Draft, key: KeyDraft, counted: readonly Placing[]): boolean {
  const areLate = counted.every(({ at }) => isLate(at, draft.now));
  const goesOn = counted.some((placing) => endOf(draft, placing) === undefined);
  return areLate && goesOn && key.guard.windows.some(isOpenWindow);
}

/** The firings that may count together with one of this slot: none that a window of this key has already. */
function freeNear(draft: Draft, key: KeyDraft, match: Match, number: number): readonly CountedFiring[] {
  const near = [number - 1, number, number + 1].flatMap((one) => key.slots.get(one) ?? []);
  const by = knownOf(draft, key);
  return firingsOf(near).filter((firing) => isFree(by, match.window, firing));
}

/**
 * Alerts that waited join as soon as a window reaches them; each that joins may make it reach further. A window in which all are says
 * so: what waits is not looked at again until it reaches further, or is opened again.
 */
export function joinWaiting(draft: Draft, key: KeyDraft, match: Match): void {
  if (!mayTakeIn(key.guard, key.before)) return;
  const { told } = key;
  for (let before: KeyDraft['guard'] | undefined; before !== key.guard; ) {
    before = key.guard;
    for (const firing of firingsOf([...key.slots.values()]))
      if (!isMoved(draft.head(firing.fingerprint), firing.at)) join(draft, key, match, firing);
  }
  if (told !== key.told) key.takesIn = true;
  const isAll = key.ranges === undefined && !key.takesIn;
  key.guard = isAll ? allTaken(key.guard) : notAllTaken(key.guard, key.before, key.takesIn);
}

const join = (draft: Draft, key: KeyDraft, match: Match, firing: Counted & Placing): boolean =>
  joinWindow(draft, key, withUrgency(match, [firing]), firing);

/** The match with the urgency of what was counted: low when none that would page is of normal urgency. */
function withUrgency({ isLow: _, ...match }: Match, counted: readonly Counted[]): Match {
  const isLow = counted.some((one) => one.isLow);
  const pages = counted.some((one) => !one.isLow && needsHuman(one.severity));
  return isLow && !pages ? { ...match, isLow: true } : match;
}
