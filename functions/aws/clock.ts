import { setTimeout as pass } from 'node:timers/promises';
import type { Duration, Instant } from '../../shared/kernel/index.ts';

/** The port through which the system learns the time and waits. In the local runner it reads the clock that stories move. */
export const clock: { now(): Instant; pause(duration: Duration): Promise<void> } = {
  now: () => Date.now(),
  pause: (duration) => pass(duration),
};
