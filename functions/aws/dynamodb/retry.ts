import { setTimeout as pause } from 'node:timers/promises';

const ATTEMPTS = 6;

/** Runs `attempt` until it says it is done, at most 6 times, with full jitter from 25 ms doubling between two. */
export async function withRetries<Result>(
  what: string,
  attempt: () => Promise<{ done: true; result: Result } | { done: false; cause?: unknown }>,
): Promise<Result> {
  for (let i = 1; ; i++) {
    const outcome = await attempt();
    if (outcome.done) return outcome.result;
    if (i === ATTEMPTS) throw new Error(`${what} still fails after ${ATTEMPTS} attempts`, outcome);
    await pause(Math.random() * 25 * 2 ** i);
  }
}
