import type { HeldAlert, WaitingPart } from '../alerts/index.ts';
import { clipped, digestBytes, type Instant } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import type { Received } from './match.ts';
import { occurrencesOf } from './occurrence.ts';
import { alertOf, type Slot } from './threshold.ts';

/** What waits is spread over so many partitions. */
const PARTS = 8;

export const waitingParts: readonly WaitingPart[] = Array.from(
  { length: PARTS },
  (_, i) => `wait_${i}` as const,
);

/** Under what the firing of an alert is kept that waits for a threshold. */
export const waitingPart = (fingerprint: string): WaitingPart =>
  `wait_${(digestBytes(fingerprint)[0] ?? 0) % PARTS}`;

/** The head that says of a firing that it only counts; the same object when a newer one is known to. */
export const withWaiting = (head: AlertHead, at: Instant): AlertHead =>
  (head.waits !== undefined && head.waits >= at) || isMoved(head, at) ? head : { ...head, waits: at };

/** The head that says so no more. */
export function withoutWaiting(head: AlertHead): AlertHead {
  const { waits: _, ...rest } = head;
  return head.waits === undefined ? head : rest;
}

/** Since when an alert waits that goes on: the time of the firing that only counts; undefined when it does not. */
export function waitsSince(head: AlertHead | undefined): Instant | undefined {
  const last = head && occurrencesOf(head).at(-1);
  if (head?.waits === undefined || last === undefined || last.to !== undefined) return undefined;
  return head.waits >= last.from ? head.waits : undefined;
}

/** Whether a firing is what waits: that of which the head says so, or a newer one whose head was never written. */
export function waitsAt(head: AlertHead, at: Instant): boolean {
  const since = waitsSince(head);
  return since !== undefined && at >= since;
}

/** Whether a firing was placed since rules had changed, or split off: it counts no more, also where the rules of before come back. */
export const isMoved = (head: AlertHead | undefined, at: Instant): boolean =>
  head?.moved !== undefined && at <= head.moved.at;

/** The head that says so, where what waited is placed by now; the same object when it goes on waiting. */
export function withMoved(head: AlertHead, { signal: { at }, why }: Waited, placedAt: Instant): AlertHead {
  return head.waits === undefined
    ? { ...head, moved: { at, why: clipped(why, LONGEST_WHY), placedAt } }
    : head;
}

/** Of what was kept of a firing that waits, what is looked at. */
type Waited = Pick<HeldAlert, 'signal' | 'from' | 'why'>;

const LONGEST_WHY = 120;

/** The firing of an alert that waits and is looked at again; nothing where the batch says it anew, or what held it back is asked, too. */
export function waitedBefore(
  head: AlertHead,
  kept: Waited | undefined,
  told: readonly Received[],
): readonly Waited[] {
  if (!kept || !waitsAt(head, kept.signal.at)) return [];
  return told.some(({ signal }) => signal.at === kept.signal.at) ? [] : [kept];
}

/** The alerts that are counted in these slots. */
export const countedIn = (slots: readonly Slot[]): readonly string[] => [
  ...new Set(slots.flatMap(({ alerts }) => Object.keys(alerts).map(alertOf))),
];

/** The slots without what counts no more, by the heads of their alerts. */
export const withoutMoved = (
  slots: readonly Slot[],
  heads: ReadonlyMap<string, AlertHead>,
): readonly Slot[] =>
  slots.map((slot) => ({
    ...slot,
    alerts: Object.fromEntries(
      Object.entries(slot.alerts).filter(([entry, [, last]]) => !isMoved(heads.get(alertOf(entry)), last)),
    ),
  }));
