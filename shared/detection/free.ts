import type { Instant } from '../kernel/index.ts';
import type { AlertHead } from './alert-head.ts';
import { type Guard, holds, type Window, windowOf } from './guard.ts';
import type { CountedFiring } from './threshold.ts';
import { isMoved } from './waits.ts';

/** What must be known to tell whether a counted firing is free. */
export interface Counted {
  readonly guard: Guard;
  readonly head: (fingerprint: string) => AlertHead | undefined;
}

/** Whether no window has a firing, nor had rules that were in force meanwhile, given how far windows reach; also none that began after what came too late. */
export function isFree(by: Counted, reach: number, { fingerprint, at }: CountedFiring): boolean {
  if (isMoved(by.head(fingerprint), at)) return false;
  return by.guard.windows.every((window) => {
    if (window.closedBy === 'deleted') return !isOfDeleted(by, window, fingerprint, at);
    if (window.to !== undefined && at > window.to + reach) return true;
    return at < window.from - reach && !came(by, fingerprint, window);
  });
}

/** Whether that depends on the alert's head. */
export const asksHead = ({ windows }: Guard, reach: number, at: Instant): boolean =>
  windows.some((window) => (window.closedBy === 'deleted' ? holds(window, at) : at < window.from - reach));

/** Whether a firing is of an incident that a person deleted. */
export const isDeleted = (by: Counted, fingerprint: string, at: Instant): boolean =>
  by.guard.windows.some(
    (window) => window.closedBy === 'deleted' && isOfDeleted(by, window, fingerprint, at),
  );

const came = ({ head }: Counted, fingerprint: string, { incident }: Window): boolean =>
  head(fingerprint)?.memberships.some((one) => one.incident === incident) ?? false;

/** The alert may name another incident, that was merged into this one. */
function isOfDeleted(by: Counted, window: Window, fingerprint: string, at: Instant): boolean {
  const { guard, head } = by;
  if (!holds(window, at)) return false;
  const memberships = head(fingerprint)?.memberships ?? [];
  return memberships.some(
    ({ incident, correlation }) =>
      incident === window.incident || (correlation === guard.hash && !windowOf(guard, incident)),
  );
}
