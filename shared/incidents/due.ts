import { type Duration, type Instant, MINUTE, SECOND } from '../kernel/index.ts';

/**
 * A step due within this time is one delayed message, the longest delay that a queue allows. A later one is only stored, and sent
 * by the sweep when it comes within this time.
 */
export const MESSAGE_HORIZON: Duration = 15 * MINUTE;

/** Seconds by which to delay the message of a step, rounded up so that it is never early; undefined when it is only stored. */
export function delayUntil(dueAt: Instant, now: Instant): number | undefined {
  const rest = dueAt - now;
  if (rest > MESSAGE_HORIZON) return undefined;
  return Math.max(0, Math.ceil(rest / SECOND));
}
