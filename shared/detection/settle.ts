import type { IncidentCommand } from '../incidents/index.ts';
import type { Instant } from '../kernel/index.ts';
import { type AlertHead, isActive } from './alert-head.ts';
import type { Settle } from './decision.ts';
import { closed, type Guard, isOpenWindow, windowOf, withWindow } from './guard.ts';

/** That an incident is over because all its alerts are: what to do to it and how its window is closed. */
export interface Settled {
  readonly command: IncidentCommand;
  readonly guard: Guard;
}

/** Closes the incident of a window when all its alerts are resolved; undefined while one is active, or when it is closed already. */
export function decideSettle(
  guard: Guard,
  settle: Settle,
  members: readonly AlertHead[],
  now: Instant,
): Settled | undefined {
  const window = windowOf(guard, settle.incident);
  if (!window || !isOpenWindow(window)) return undefined;
  if (members.length === 0 || members.some((head) => isActive(head))) return undefined;
  const to = Math.max(
    window.from,
    ...members.map(({ firedAt = 0, resolvedAt = 0 }) => Math.max(firedAt, resolvedAt)),
  );
  return {
    command: { do: 'resolve', reason: 'alerts-resolved', at: to },
    guard: withWindow(guard, closed(window, to, now, 'settled')),
  };
}
