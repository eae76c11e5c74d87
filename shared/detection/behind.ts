import { type Duration, type Instant, MINUTE } from '../kernel/index.ts';

/** A message that was put into the queue longer ago has waited behind others, whose end may wait behind it. */
const USUAL: Duration = 2 * MINUTE;

/** What waits is worked off at least this many times as fast as it came. */
const FASTER = 5;

/** Nobody waits longer for a page because detection stood still. */
const LONGEST: Duration = 6 * MINUTE;

/**
 * When to page first about what was put into the queue at an instant: at once, unless detection is behind. Then as late as the rest
 * of what waits can take, so that an alert which ended meanwhile pages nobody; what came last is paged first. At once too where
 * that instant is not known.
 */
export function firstPageAt(queuedAt: Instant | undefined, now: Instant): Instant {
  const behind = now - (queuedAt ?? now);
  return behind <= USUAL ? now : now + Math.min(LONGEST, Math.ceil(behind / FASTER));
}

/** By then the sweep has asked whether an alert has ended by itself, and its incident has settled. */
const ASKED: Duration = 2 * MINUTE;

/** When to page about an alert at the earliest whose end, as far as was read, has come: it may be over, or its next word waits. */
export function askedAfter(end: Instant | undefined, now: Instant): Instant {
  return end !== undefined && end <= now ? now + ASKED : now;
}
