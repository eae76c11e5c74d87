import type { MovingClock } from './clock.ts';
import type { QueueEngine } from './engines/queue-engine.ts';
import type { Recurrences } from './recurrences.ts';

/** What moving the clock needs. */
export interface FastForward {
  readonly clock: MovingClock;
  readonly queues: QueueEngine;
  readonly recurrences: Recurrences;
  /** Waits until nothing is in flight; gives the next instant at which a message becomes visible. */
  quiet(): Promise<number | undefined>;
}

/**
 * The longest stretch in which a recurring schedule runs only once, in milliseconds.
 * A sweep that sends with a delay looks as far ahead as a queue delays, so it misses nothing, and what runs every five minutes stops
 * the clock where it stops anyway.
 */
export const longestStretch = 900_000;

/**
 * Moves the clock to an instant, stopping at each point where something is due (a delayed message, a visibility
 * time-out, a schedule) until nothing is in flight. A schedule that would run many times before the next point runs
 * only the last time of the stretch.
 */
export async function fastForwardTo(target: number, parts: FastForward): Promise<void> {
  const { clock, queues, recurrences } = parts;
  const follow = recurrences.hold();
  const moveTo = async (instant: number) => {
    clock.move(Math.max(0, instant - clock.now()));
    await queues.release();
  };
  try {
    for (;;) {
      const due = (await parts.quiet()) ?? Number.POSITIVE_INFINITY;
      const now = clock.now();
      if (due <= now) {
        await queues.release();
        continue;
      }
      if (now >= target) return;
      const end = Math.min(target, due, now + longestStretch);
      const recurring = recurrences.lastWithin(end);
      await moveTo(recurring ?? end);
      if (recurring !== undefined) await recurrences.runDue();
    }
  } finally {
    follow();
  }
}
