import type { Clock } from './clock.ts';
import type { Recurring } from './core.ts';

interface Entry {
  readonly recurring: Recurring;
  /** Up to this instant its occurrences are done. */
  done: number;
}

const longestSleep = 60_000;

/**
 * What happens again and again by itself: schedules and sweeps. Follows the clock in real time; whoever moves the clock
 * holds it and runs what is due.
 */
export class Recurrences {
  readonly #clock: Clock;
  readonly #complain: (error: unknown) => void;
  #entries: Entry[] = [];
  #timer: NodeJS.Timeout | undefined;
  #held = false;

  constructor(clock: Clock, complain: (error: unknown) => void) {
    this.#clock = clock;
    this.#complain = complain;
  }

  add(recurring: Recurring): void {
    this.#entries.push({ recurring, done: this.#clock.now() });
    this.#arm();
  }

  /** The earliest instant up to `end` at which something runs for the last time; undefined when nothing does. */
  lastWithin(end: number): number | undefined {
    const lasts = this.#entries.map(({ recurring, done }) => {
      let last = Number.POSITIVE_INFINITY;
      for (let at = recurring.next(done); at <= end; at = recurring.next(at)) last = at;
      return last;
    });
    const first = Math.min(...lasts);
    return Number.isFinite(first) ? first : undefined;
  }

  /** Runs, once each, whatever is due at the clock's now. */
  async runDue(): Promise<void> {
    const now = this.#clock.now();
    const due = this.#entries.filter(({ recurring, done }) => recurring.next(done) <= now);
    for (const entry of due) entry.done = now;
    await Promise.all(due.map(({ recurring }) => recurring.run().catch(this.#complain)));
  }

  /** Stops following real time until the function that it gives is called. */
  hold(): () => void {
    this.#held = true;
    clearTimeout(this.#timer);
    return () => {
      this.#held = false;
      this.#arm();
    };
  }

  stop(): void {
    this.#entries = [];
    clearTimeout(this.#timer);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#held || this.#entries.length === 0) return;
    const next = Math.min(...this.#entries.map(({ recurring, done }) => recurring.next(done)));
    const wait = Math.min(longestSleep, Math.max(0, next - this.#clock.now()));
    this.#timer = setTimeout(() => void this.runDue().finally(() => this.#arm()), wait);
  }
}
