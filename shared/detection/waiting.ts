import { SECOND } from '../kernel/index.ts';
import { openOrJoin } from './correlation/join.ts';
import type { Draft, KeyDraft } from './draft.ts';
import { isOpenWindow } from './guard.ts';
import { isLate } from './late.ts';
import type { Match } from './match.ts';
import { joinWindow } from './place.ts';
import { endOf, type Placing } from './placing.ts';
import { MOST_COUNTED } from './rules/conditions.ts';
import { alertOf, countedAs, firingsOf, reached, slotOf, type Threshold, withFiring } from './threshold.ts';

/** Counts a firing of a threshold rule; opens the incident when enough distinct alerts fired close together. */
export function wait(draft: Draft, key: KeyDraft, match: Match, placing: Placing): void {
  const threshold = thresholdOf(match);
  const number = slotOf(placing.at, threshold);
  const slot = key.slots.get(number) ?? { slot: number, alerts: {} };
  const counted = withFiring(slot, countedAs(placing.fingerprint, match.member), placing, threshold);
  if (counted !== slot) key.putSlot(counted, match);
  // Whoever counts the firing must find its alert, so the two are written together.
  key.fingerprints.add(placing.fingerprint);
  const enough = reached(free(draft, key, match), threshold);
  if (!enough) return;
  if (belongToOpen(draft, key, enough))
    for (const each of enough) joinWindow(draft, key, match, { ...each, receivedAt: draft.now });
  else openOrJoin(draft, key, match, enough);
}

/** What is counted too late merges nothing: when it goes on, it belongs to the incident that is open. */
function belongToOpen(draft: Draft, key: KeyDraft, counted: readonly Placing[]): boolean {
  const areLate = counted.every(({ at }) => isLate(at, draft.now));
  const goesOn = counted.some((placing) => endOf(draft, placing) === undefined);
  return areLate && goesOn && key.guard.windows.some(isOpenWindow);
}

/** The slots without the firings that a window of this key has already, also one that began after what came too late. */
function free(draft: Draft, key: KeyDraft, match: Match) {
  const came = (fingerprint: string, incident: string): boolean =>
    draft.head(fingerprint)?.memberships.some((member) => member.incident === incident) ?? false;
  return [...key.slots.values()].map(({ slot, alerts }) => ({
    slot,
    alerts: Object.fromEntries(
      Object.entries(alerts).filter(([entry, [first, last]]) =>
        key.guard.windows.every(({ incident, from, to, closedBy }) =>
          closedBy === 'deleted'
            ? last < from || last > (to ?? last)
            : (last < from - match.window && !came(alertOf(entry), incident)) ||
              (to !== undefined && first > to + match.window),
        ),
      ),
    ),
  }));
}

/** Alerts that waited join as soon as a window reaches them; each that joins may make it reach further. */
export function joinWaiting(draft: Draft, key: KeyDraft, match: Match): void {
  for (let before: KeyDraft['guard'] | undefined; before !== key.guard; ) {
    before = key.guard;
    for (const firing of firingsOf([...key.slots.values()])) joinWindow(draft, key, match, firing);
  }
}

function thresholdOf({ rule }: Match): Threshold {
  const { threshold, members, timeWindow } = rule.conditions;
  return {
    count: members ? MOST_COUNTED : threshold,
    ...(members && { members: members.atLeast }),
    timeWindow: timeWindow * SECOND,
  };
}
