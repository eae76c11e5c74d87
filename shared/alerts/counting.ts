import {
  type Duration,
  HOLD,
  type Instant,
  type IntegrationId,
  MINUTE,
  minuteOf,
  SECOND,
} from '../kernel/index.ts';
import type { SignalState } from './signal.ts';

/** One signal as it was accepted: the receipt and its place in it name it for ever, so counts are unions. */
export interface SignalLine {
  readonly receipt: string;
  readonly place: number;
  readonly fingerprint: string;
  readonly state: SignalState;
  readonly at: Instant;
  readonly receivedAt: Instant;
  /** Absent in what an earlier version kept. */
  readonly integration?: IntegrationId | undefined;
}

/** How many signals there were, and when the last of them was received. */
export interface Count {
  readonly received: number;
  readonly lastAt: Instant;
}

/** Counts lines by fingerprint, each once however often it is among them. */
export class Counter {
  readonly #seen = new Set<string>();
  readonly #counts = new Map<string, Count>();

  /** Tells whether this line was not among them yet. */
  add({ receipt, place, fingerprint, receivedAt }: SignalLine): boolean {
    const name = `${receipt} ${place}`;
    if (this.#seen.has(name)) return false;
    this.#seen.add(name);
    const { received, lastAt } = this.#counts.get(fingerprint) ?? none;
    this.#counts.set(fingerprint, { received: received + 1, lastAt: Math.max(lastAt, receivedAt) });
    return true;
  }

  /** By fingerprint, in the order of fingerprints. */
  counts(): readonly (readonly [fingerprint: string, count: Count])[] {
    return [...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

const none: Count = { received: 0, lastAt: 0 };

/** The counts of several stretches of time together. */
export function summed(counts: readonly Count[]): Count {
  return counts.reduce(
    (sum, { received, lastAt }) => ({
      received: sum.received + received,
      lastAt: Math.max(sum.lastAt, lastAt),
    }),
    none,
  );
}

/** Signals mostly arrive within this time after the end of the minute in which they were sent. */
const GRACE: Duration = 15 * SECOND;

/** A minute that is due within this time is moved: what is being kept now could be missed. */
export const TOO_SOON: Duration = 10 * SECOND;

/** The clocks of two functions are closer than this, and what was written before is read. */
export const CLOCKS_APART: Duration = 5 * SECOND;

/** When a minute is to be counted that something was just added to: once it is over, and quiet for a while. */
export function countDueAt(minute: number, now: Instant): Instant {
  return Math.max((minute + 1) * MINUTE, now) + GRACE;
}

/** The first and last minute of what was sent about an incident that opened and, perhaps, ended at these times. */
export function minutesOf(
  openedAt: Instant,
  endedAt: Instant | undefined,
  now: Instant,
): readonly [number, number] {
  const end = endedAt === undefined ? now : Math.min(now, endedAt + HOLD);
  return [minuteOf(openedAt), minuteOf(end)];
}
