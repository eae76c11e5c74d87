import { type Duration, HOLD, MINUTE } from '../kernel/index.ts';

/** A firing that comes later than this is decided on what is known: it merges nothing. The minute is for a batch and its settling. */
export const LATEST: Duration = HOLD + MINUTE;
