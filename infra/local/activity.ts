/** Counts the work under way in a local system. */
export interface Activity {
  busy<Result>(work: () => Promise<Result>): Promise<Result>;
  /** How much work has begun since the start; two equal readings with nothing active mean that nothing happened. */
  readonly begun: number;
  readonly active: number;
  /** Resolves as soon as nothing is active. */
  none(): Promise<void>;
}

/** An activity with nothing under way. */
export function createActivity(): Activity {
  let begun = 0;
  let active = 0;
  let waiting: (() => void)[] = [];
  return {
    async busy(work) {
      begun += 1;
      active += 1;
      try {
        return await work();
      } finally {
        active -= 1;
        if (active === 0) {
          const done = waiting;
          waiting = [];
          for (const resolve of done) resolve();
        }
      }
    },
    get begun() {
      return begun;
    },
    get active() {
      return active;
    },
    none: () => (active === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
