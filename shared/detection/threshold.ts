import type { Instant } from '../kernel/index.ts';

/** The distinct alerts of one group that fired inside one slot of event time, each with its first and last firing there. */
export interface Slot {
  /** Event time divided by the rule's time window. */
  readonly slot: number;
  readonly alerts: Readonly<Record<string, readonly [first: Instant, last: Instant]>>;
}

/** What a threshold rule counts with. Times in milliseconds. */
export interface Threshold {
  readonly count: number;
  readonly timeWindow: number;
}

export const slotOf = (at: Instant, { timeWindow }: Threshold): number => Math.floor(at / timeWindow);

/** The slot with one more firing. A slot that reaches the threshold opens an incident, so it never lists more than one above it. */
export function withFiring(slot: Slot, fingerprint: string, at: Instant, { count }: Threshold): Slot {
  const known = slot.alerts[fingerprint];
  if (!known && Object.keys(slot.alerts).length > count) return slot;
  if (known && at >= known[0] && at <= known[1]) return slot;
  const [first, last] = known ?? [at, at];
  return { ...slot, alerts: { ...slot.alerts, [fingerprint]: [Math.min(first, at), Math.max(last, at)] } };
}

/**
 * The alerts of the first stretch of `timeWindow`, sliding over event time, in which enough distinct alerts fired; undefined
 * when there is none. Slots are as wide as the stretch, so first and last firing of each slot decide exactly.
 */
export function reached(slots: readonly Slot[], threshold: Threshold): readonly string[] | undefined {
  const firings = firingsOf(slots);
  for (const [, end] of firings) {
    const inside = new Set(
      firings
        .filter(([, at]) => at > end - threshold.timeWindow && at <= end)
        .map(([fingerprint]) => fingerprint),
    );
    if (inside.size >= threshold.count) return [...inside];
  }
  return undefined;
}

/** All known firings, by time. */
export function firingsOf(slots: readonly Slot[]): readonly [fingerprint: string, at: Instant][] {
  return slots
    .flatMap(({ alerts }) =>
      Object.entries(alerts).flatMap(([fingerprint, times]) =>
        [...new Set(times)].map((at): [string, Instant] => [fingerprint, at]),
      ),
    )
    .sort((a, b) => a[1] - b[1]);
}
