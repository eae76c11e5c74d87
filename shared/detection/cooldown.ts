import { isWorse, type Severity } from '../alerts/index.ts';
import { needsHuman } from '../incidents/index.ts';
import type { IncidentId, Instant } from '../kernel/index.ts';
import { type Guard, type Window, windowOf, withWindow } from './guard.ts';

/** A page, and how severe the incident was that it told of; unknown where an earlier version of the program remembered it. */
interface Page {
  readonly at: Instant;
  readonly severity: Severity | undefined;
}

/** What is known of pages under a key. Of an incident that was closed before its page was due nobody heard. */
function pagesOf({ pagedAt, pagedFor, windows }: Guard): readonly Page[] {
  const due = windows.flatMap(({ pageAt, pageFor, closedAt }) =>
    pageAt !== undefined && (closedAt === undefined || closedAt > pageAt)
      ? [{ at: pageAt, severity: pageFor }]
      : [],
  );
  return pagedAt === undefined ? due : [...due, { at: pagedAt, severity: pagedFor }];
}

/**
 * When to page about what opens now: not before the time has passed that the rule wants after a page about what was at least as
 * severe. What is more severe than all that pages told of waits for none.
 */
export function cooledAt(guard: Guard, severity: Severity, pageAt: Instant): Instant {
  const { cooldown } = guard;
  if (cooldown === undefined) return pageAt;
  const ends = pagesOf(guard)
    .filter((page) => page.severity !== undefined && !isWorse(severity, page.severity))
    .map(({ at }) => at + cooldown);
  return Math.max(pageAt, ...ends);
}

/** The guard as it remembers its last page, before a window of it opens again or is forgotten. */
export function remembering(guard: Guard, now: Instant): Guard {
  if (guard.cooldown === undefined) return guard;
  const told = pagesOf(guard).filter(({ at }) => at <= now);
  const last = told.reduce<Page | undefined>(
    (one, page) => (one && one.at >= page.at ? one : page),
    undefined,
  );
  if (!last || last.at === guard.pagedAt) return guard;
  const { pagedFor: _, ...rest } = guard;
  return { ...rest, pagedAt: last.at, ...(last.severity && { pagedFor: last.severity }) };
}

/** The window with when its page is due, where the rule asks for it, or that is still to come. */
export function withPage(
  { cooldown }: Guard,
  window: Window,
  pageAt: Instant | undefined,
  now: Instant,
): Window {
  const { pageAt: _at, pageFor: _for, ...rest } = window;
  if (pageAt === undefined || !needsHuman(window.severity)) return rest;
  return cooldown !== undefined || pageAt > now ? { ...rest, pageAt, pageFor: window.severity } : rest;
}

/**
 * When an alert that joins pages, as by itself, where the first page of its incident is due later, or may have been put off since it
 * was due, as long as no alert had lasted; undefined where it is not.
 */
export function soonerPage(
  guard: Guard,
  { pageAt: due, pageFor: _, ...window }: Window,
  severity: Severity,
  pageAt: Instant,
  now: Instant,
): Instant | undefined {
  if (due === undefined) return undefined;
  // Which of the two a cooldown remembers is not known.
  if (due <= now) return guard.cooldown === undefined ? pageAt : undefined;
  const own = cooledAt(withWindow(guard, window), severity, pageAt);
  return own < due ? own : undefined;
}

/** The window with what made it worse while its page was held: that is told with it, and waits no longer than that. */
export function withWorse(window: Window, severity: Severity, pageAt: Instant, now: Instant): Window {
  if (window.pageAt === undefined || window.pageAt <= now) return window;
  return { ...window, pageAt: Math.min(window.pageAt, pageAt), pageFor: severity };
}

/** The guard where an incident ends of which nobody was paged, since its page was put off until then: that holds no other page back. */
export function untold(guard: Guard, incident: IncidentId): Guard {
  const window = windowOf(guard, incident);
  if (window?.pageAt === undefined) return guard;
  const { pageAt, pageFor: _for, ...rest } = window;
  const after = withWindow(guard, rest);
  if (after.pagedAt !== pageAt) return after;
  const { pagedAt: _at, pagedFor: _of, ...forgotten } = after;
  return forgotten;
}
