import { type Severity, worse } from '../alerts/index.ts';
import type { Instant } from '../kernel/index.ts';

/** The firings of one alert inside one slot: the first, the last and the most urgent severity of all. */
export type SlotEntry = readonly [first: Instant, last: Instant, severity: Severity];

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

/** Under what an alert is counted in a slot. */
export const countedAs = (fingerprint: string, member: string | undefined): string =>
  member === undefined ? fingerprint : `${fingerprint} ${member}`;

/** The alert that is counted so. */
export const alertOf = (entry: string): string => entry.split(' ', 1)[0] ?? entry;

const memberOf = (entry: string): string => entry.slice(entry.indexOf(' ') + 1);

export const slotOf = (at: Instant, { timeWindow }: Threshold): number => Math.floor(at / timeWindow);

/** The slot with one more firing. A slot that reaches the threshold opens an incident, so it never lists more than one above it. */
export function withFiring(slot: Slot, entryKey: string, firing: Counted, { count }: Threshold): Slot {
  const known = slot.alerts[entryKey];
  if (!known && Object.keys(slot.alerts).length > count) return slot;
  const [first, last, severity] = known ?? [firing.at, firing.at, firing.severity];
  const entry: SlotEntry = [
    Math.min(first, firing.at),
    Math.max(last, firing.at),
    worse(severity, firing.severity),
  ];
  if (known && entry.every((part, i) => part === known[i])) return slot;
  return { ...slot, alerts: { ...slot.alerts, [entryKey]: entry } };
}

/**
 * The firings of the first stretch of `timeWindow`, sliding over event time, in which enough distinct alerts or members fired;
 * undefined when there is none. Slots are as wide as the stretch, so first and last firing of each slot decide exactly.
 */
export function reached(slots: readonly Slot[], threshold: Threshold): readonly CountedFiring[] | undefined {
  const firings = firingsOf(slots);
  for (const { at: end } of firings) {
    const inside = firings.filter(({ at }) => at > end - threshold.timeWindow && at <= end);
    const distinct = new Set(inside.map(({ fingerprint }) => fingerprint));
    if (distinct.size >= threshold.count) return inside;
    const { members = Number.POSITIVE_INFINITY } = threshold;
    if (new Set(inside.map(({ member }) => member)).size >= members) return inside;
  }
  return undefined;
}

/** A firing that is counted. */
export interface Counted {
  readonly at: Instant;
  readonly severity: Severity;
}

export interface CountedFiring extends Counted {
  readonly fingerprint: string;
  readonly member: string;
}

/** All known firings, by time. */
export function firingsOf(slots: readonly Slot[]): readonly CountedFiring[] {
  return slots
    .flatMap(({ alerts }) =>
      Object.entries(alerts).flatMap(([entry, [first, last, severity]]) =>
        [...new Set([first, last])].map((at) => ({
          ...{ fingerprint: alertOf(entry), member: memberOf(entry) },
          ...{ at, severity },
        })),
      ),
    )
    .sort((a, b) => a.at - b.at);
}
