import type { Duration } from '../../../shared/kernel/index.ts';
import { clock } from '../clock.ts';

const ATTEMPTS = 6;

/** Runs `attempt` until it says it is done, at most 6 times, with full jitter from 50 ms doubling between two. */
export async function withRetries<Result>(
  what: string,
  attempt: () => Promise<{ done: true; result: Result } | { done: false; cause?: unknown }>,
): Promise<Result> {
  for (let i = 1; ; i++) {
    const outcome = await attempt();
    if (outcome.done) return outcome.result;
    if (i === ATTEMPTS) throw new Error(`${what} still fails after ${ATTEMPTS} attempts`, outcome);
    await clock.pause(jittered(i));
  }
}

/** How long to wait after so many failures: anything up to 25 ms, doubled for each, so that those who collided part. */
export const jittered = (failures: number): Duration => Math.random() * 25 * 2 ** failures;
