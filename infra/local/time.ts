import type { Activity } from './activity.ts';
import type { MovingClock } from './clock.ts';
import type { Reader } from './core.ts';
import type { QueueEngine } from './engines/queue-engine.ts';
import { fastForwardTo } from './fast-forward.ts';
import { quiet } from './quiet.ts';
import { Recurrences } from './recurrences.ts';
import type { LocalSystem } from './system.ts';

/** The clock of a local system, with all that has to stand still before it moves and all that its moving sets off. */
export class Time {
  readonly recurrences: Recurrences;
  readonly readers: Reader[] = [];
  readonly watchedQueues = new Set<string>();
  readonly #clock: MovingClock;
  readonly #queues: QueueEngine;
  readonly #activity: Activity;

  constructor(
    { clock, engines }: { readonly clock: MovingClock; readonly engines: { readonly queues: QueueEngine } },
    activity: Activity,
    complain: (error: unknown) => void,
  ) {
    this.#clock = clock;
    this.#queues = engines.queues;
    this.#activity = activity;
    this.recurrences = new Recurrences(clock, complain);
  }

  /** Waits until nothing more happens without time passing; gives the instant of the next message, if there is one. */
  quiet(): Promise<number | undefined> {
    const { readers, watchedQueues } = this;
    return quiet({ readers, watchedQueues, activity: this.#activity, queues: this.#queues });
  }

  /** The clock as scripts and tests see it. */
  forUsers(): LocalSystem['clock'] {
    const moveTo = (instant: number) => {
      const { recurrences } = this;
      return fastForwardTo(instant, {
        clock: this.#clock,
        queues: this.#queues,
        recurrences,
        quiet: () => this.quiet(),
      });
    };
    return {
      now: this.#clock.now,
      shared: this.#clock.shared,
      fastForwardTo: moveTo,
      fastForward: (milliseconds) => moveTo(this.#clock.now() + milliseconds),
    };
  }
}
