import type { Clock } from './clock.ts';
import type { Recurring } from './core.ts';

interface Entry {
  readonly recurring: Recurring;
  /** Up to this instant its occurrences are done. */
  done: number;
}

/** What happens again and again by itself: schedules and sweeps. */
export interface Recurrences {
  add(recurring: Recurring): void;
  /** The earliest instant of this stretch at which something runs for the last time in it; undefined when nothing does. */
  lastWithin(end: number): number | undefined;
  /** Runs, once each, whatever is due at the clock's now. */
  runDue(): Promise<void>;
  /** Stops following real time until the function that it gives is called. */
  hold(): () => void;
  stop(): void;
}

const longestSleep = 60_000;

/** Follows the clock in real time; whoever moves the clock holds it and runs what is due. */
export function createRecurrences(clock: Clock, complain: (error: unknown) => void): Recurrences {
  const entries: Entry[] = [];
  let timer: NodeJS.Timeout | undefined;
  let held = false;

  const runDue = async () => {
    const now = clock.now();
    const due = entries.filter((entry) => entry.recurring.next(entry.done) <= now);
    for (const entry of due) entry.done = now;
    await Promise.all(due.map((entry) => entry.recurring.run().catch(complain)));
  };
  const arm = () => {
    clearTimeout(timer);
    if (held || entries.length === 0) return;
    const next = Math.min(...entries.map((entry) => entry.recurring.next(entry.done)));
    timer = setTimeout(
      () => void runDue().finally(arm),
      Math.min(longestSleep, Math.max(0, next - clock.now())),
    );
  };
  return {
    add(recurring) {
      entries.push({ recurring, done: clock.now() });
      arm();
    },
    lastWithin(end) {
      const lasts = entries.map((entry) => {
        let last: number | undefined;
        for (let at = entry.recurring.next(entry.done); at <= end; at = entry.recurring.next(at)) last = at;
        return last ?? Number.POSITIVE_INFINITY;
      });
      const first = Math.min(...lasts);
      return Number.isFinite(first) ? first : undefined;
    },
    runDue,
    hold() {
      held = true;
      clearTimeout(timer);
      return () => {
        held = false;
        arm();
      };
    },
    stop() {
      entries.length = 0;
      clearTimeout(timer);
    },
  };
}
