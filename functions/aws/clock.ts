import type { Instant } from '../../shared/kernel/index.ts';

/** The port through which the system learns the time. In the local runner it reads the clock that stories move. */
export const clock: { now(): Instant } = { now: () => Date.now() };
