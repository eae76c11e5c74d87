import { type Severity, worse } from '../alerts/index.ts';
import { type Instant, SECOND } from '../kernel/index.ts';
import type { Rule } from './rule.ts';
import { MOST_COUNTED } from './rules/conditions.ts';

/** The firings of one alert inside one slot: the first, the last, the most urgent severity of all, and 1 when all are of low urgency. */
export type SlotEntry = readonly [first: Instant, last: Instant, severity: Severity, isLow?: 1];

/** The distinct alerts of one group that fired inside one slot of event time. */
export interface Slot {
  /** Event time divided by the rule's time window. */
  readonly slot: number;
  /** By the alert's fingerprint; where members are counted, by that and the name of its member. */
  readonly alerts: Readonly<Record<string, SlotEntry>>;
}

/** What a threshold rule counts with. Times in milliseconds. */
export interface Threshold {
  /** So many distinct alerts are enough. */
  readonly count: number;
  /** So many distinct members are enough, too. */
  readonly members?: number;
  readonly timeWindow: number;
}

/** What a rule counts with. */
export function thresholdOf({ conditions: { threshold, members, timeWindow } }: Rule): Threshold {
  return {
    count: members ? MOST_COUNTED : threshold,
    ...(members && { members: members.atLeast }),
    timeWindow: timeWindow * SECOND,
  };
}

/** Under what an alert is counted in a slot. */
export const countedAs = (fingerprint: string, member: string | undefined): string =>
  member === undefined ? fingerprint : `${fingerprint} ${member}`;

/** The alert that is counted so. */
export const alertOf = (entry: string): string => entry.split(' ', 1)[0] ?? entry;

const memberOf = (entry: string): string => entry.slice(entry.indexOf(' ') + 1);

export const slotOf = (at: Instant, { timeWindow }: Threshold): number => Math.floor(at / timeWindow);

/**
 * The slot with one more firing. A slot that reaches the threshold opens an incident, so it never lists more than one above it; what
 * is gone, since a person deleted its incident, makes room.
 */
export function withFiring(
  slot: Slot,
  entryKey: string,
  firing: Counted,
  { count }: Threshold,
  isGone: (entry: string, firings: SlotEntry) => boolean = () => false,
): Slot {
  const known = slot.alerts[entryKey];
  const alerts = known || hasRoom(slot.alerts, count) ? slot.alerts : without(slot.alerts, isGone);
  if (!known && !hasRoom(alerts, count)) return slot;
  const entry = entryAfter(known, firing);
  if (known && entry.length === known.length && entry.every((part, i) => part === known[i])) return slot;
  return { ...slot, alerts: { ...alerts, [entryKey]: entry } };
}

const hasRoom = (alerts: Slot['alerts'], count: number): boolean => Object.keys(alerts).length <= count;

const without = (
  alerts: Slot['alerts'],
  isGone: (entry: string, firings: SlotEntry) => boolean,
): Slot['alerts'] => Object.fromEntries(Object.entries(alerts).filter((one) => !isGone(...one)));

function entryAfter(known: SlotEntry | undefined, { at, severity, isLow }: Counted): SlotEntry {
  if (!known) return isLow ? [at, at, severity, 1] : [at, at, severity];
  const [first, last, worst, wasLow] = known;
  const entry = [Math.min(first, at), Math.max(last, at), worse(worst, severity)] as const;
  return isLow && wasLow ? [...entry, 1] : entry;
}

/**
 * The first stretch of `timeWindow`, sliding over event time, in which enough distinct alerts or members fired, of firings by time;
 * undefined when there is none. Slots are as wide as the stretch, so first and last firing of each slot decide exactly.
 */
export function reached(
  firings: readonly CountedFiring[],
  { count, members = Number.POSITIVE_INFINITY, timeWindow }: Threshold,
): readonly CountedFiring[] | undefined {
  const [alerts, ofMembers] = [new Map<string, number>(), new Map<string, number>()];
  let begin = 0;
  for (const [i, { at, fingerprint, member }] of firings.entries()) {
    add(alerts, fingerprint, 1);
    add(ofMembers, member, 1);
    for (let first = firings[begin]; first && first.at <= at - timeWindow; first = firings[++begin]) {
      add(alerts, first.fingerprint, -1);
      add(ofMembers, first.member, -1);
    }
    const isEnough = alerts.size >= count || ofMembers.size >= members;
    // What fired at the same time belongs to the stretch, too.
    if (isEnough && firings[i + 1]?.at !== at) return firings.slice(begin, i + 1);
  }
  return undefined;
}

/**
 * The most distinct alerts, or members, that fired inside one stretch of time that holds this instant, of firings by time. Each is counted in
 * and out once.
 */
export function mostAround(
  firings: readonly CountedFiring[],
  { members, timeWindow }: Threshold,
  at: Instant,
): number {
  const names = new Map<string, number>();
  const nameOf = ({ fingerprint, member }: CountedFiring) => (members === undefined ? fingerprint : member);
  let [begin, most] = [0, 0];
  for (const firing of firings) {
    if (firing.at >= at + timeWindow) break;
    add(names, nameOf(firing), 1);
    for (let first = firings[begin]; first && first.at <= firing.at - timeWindow; first = firings[++begin])
      add(names, nameOf(first), -1);
    if (firing.at >= at) most = Math.max(most, names.size);
  }
  return most;
}

/** Counts one name up or down; one that is not there counts no more. */
function add(counts: Map<string, number>, name: string, by: 1 | -1): void {
  const count = (counts.get(name) ?? 0) + by;
  if (count === 0) counts.delete(name);
  else counts.set(name, count);
}

/** A firing that is counted. */
export interface Counted {
  readonly at: Instant;
  readonly severity: Severity;
  /** It pages nobody. */
  readonly isLow?: true;
}

export interface CountedFiring extends Counted {
  readonly fingerprint: string;
  readonly member: string;
}

/** All known firings, by time. */
export function firingsOf(slots: readonly Slot[]): readonly CountedFiring[] {
  return slots
    .flatMap(({ alerts }) =>
      Object.entries(alerts).flatMap(([entry, [first, last, severity, isLow]]) =>
        [...new Set([first, last])].map((at) => ({
          ...{ fingerprint: alertOf(entry), member: memberOf(entry) },
          ...{ at, severity },
          ...(isLow && { isLow: true as const }),
        })),
      ),
    )
    .sort((a, b) => a.at - b.at);
}
