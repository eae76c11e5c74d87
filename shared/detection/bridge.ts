import { isWorse, worse } from '../alerts/index.ts';
import type { Instant } from '../kernel/index.ts';
import { remembering, withPage } from './cooldown.ts';
import type { Draft, KeyDraft } from './draft.ts';
import {
  isOpenWindow,
  joined,
  overlapping,
  reopened,
  type Window,
  withoutWindow,
  withWindow,
} from './guard.ts';
import { coveringBoth } from './stretch.ts';

/** Makes one window of any two that have grown together. */
export function coalesce(draft: Draft, key: KeyDraft, at: Instant): void {
  for (let pair = overlapping(key.guard); pair; pair = overlapping(key.guard))
    bridge(draft, key, ...pair, at);
}

/** Merges the later of two windows into the earlier one: what an alert at this time belongs to. */
export function bridge(draft: Draft, key: KeyDraft, a: Window, b: Window, at: Instant): Window {
  const [keep, gone] = a.from <= b.from ? [a, b] : [b, a];
  const reason = `An alert at ${new Date(at).toISOString()} belongs to both`;
  key.command(keep.incident, { do: 'absorb', from: gone.incident, reason });
  key.command(gone.incident, { do: 'merge', into: keep.incident, reason });
  const revived = !isOpenWindow(keep) && isOpenWindow(gone);
  const due = pageOf(gone, draft.now);
  const pageAt = Math.min(due, key.firstPage(worse(keep.severity, gone.severity), draft.now));
  if (revived) key.command(keep.incident, { do: 'reopen', reason: 'alert-fired', at, pageAt });
  // What pages in the one that is gone pages in the other, also where that is of low urgency.
  if (isWorse(gone.severity, keep.severity) || (keep.isLow && !gone.isLow))
    key.command(keep.incident, {
      ...{ do: 'raise-severity', to: gone.severity, pageAt: key.pageAt },
      ...(gone.isLow && { urgency: 'low' }),
    });
  const whole = coveringBoth(key.guard, joined(keep, gone), keep, gone);
  const isSooner = !revived && keep.pageAt !== undefined && keep.pageAt > draft.now && due < keep.pageAt;
  if (isSooner) key.command(keep.incident, { do: 'page-by', pageAt: due });
  const window = revived
    ? withPage(key.guard, reopened(whole), whole.isLow ? undefined : pageAt, draft.now)
    : isSooner
      ? withPage(key.guard, whole, due, draft.now)
      : whole;
  key.guard = withWindow(withoutWindow(remembering(key.guard, draft.now), gone.incident), window);
  // A question about the incident that is gone would be asked in vain, so it is asked of this one.
  draft.settle({ incident: window.incident, generation: window.generation, correlation: key.hash });
  return window;
}

/** When the incident of a window pages first where that is still to come: no other holds that back. */
function pageOf(window: Window, now: Instant): Instant {
  const { pageAt = now } = window;
  return isOpenWindow(window) && pageAt > now ? pageAt : Number.POSITIVE_INFINITY;
}
