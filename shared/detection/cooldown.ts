import type { Severity } from '../alerts/index.ts';
import { needsHuman } from '../incidents/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { Guard, Window } from './guard.ts';

/** When a page was last due under a key. Of an incident that was closed before its page was due nobody heard. */
function lastPage({ pagedAt, windows }: Guard): Instant | undefined {
  const due = windows.flatMap(({ pageAt, closedAt }) =>
    pageAt !== undefined && (closedAt === undefined || closedAt > pageAt) ? [pageAt] : [],
  );
  const known = pagedAt === undefined ? due : [...due, pagedAt];
  return known.length === 0 ? undefined : Math.max(...known);
}

/** When to page about what opens now: not before the time after the last page has passed that the rule wants. */
export function cooledAt(guard: Guard, pageAt: Instant): Instant {
  const last = guard.cooldown === undefined ? undefined : lastPage(guard);
  return last === undefined ? pageAt : Math.max(pageAt, last + (guard.cooldown ?? 0));
}

/** The guard as it remembers its last page, before a window of it opens again or is forgotten. */
export function remembering(guard: Guard): Guard {
  const last = guard.cooldown === undefined ? undefined : lastPage(guard);
  return last === undefined || last === guard.pagedAt ? guard : { ...guard, pagedAt: last };
}

/** The window with when its page is due, where the rule asks for it. */
export function withPage(
  guard: Guard,
  window: Window,
  severity: Severity,
  pageAt: Instant | undefined,
): Window {
  const { pageAt: _, ...rest } = window;
  const isKept = guard.cooldown !== undefined && pageAt !== undefined && needsHuman(severity);
  return isKept ? { ...rest, pageAt } : rest;
}
