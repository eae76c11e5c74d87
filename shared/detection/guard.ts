import { type Severity, worse } from '../alerts/index.ts';
import { HOLD, type IncidentId, type Instant } from '../kernel/index.ts';

/** One stretch of event time of a correlation key, and its incident. Two windows of a key are farther apart than its grouping time. */
export interface Window {
  readonly incident: IncidentId;
  readonly generation: number;
  /** The first firing. */
  readonly from: Instant;
  /** The last firing or resolve; absent while the incident is open. */
  readonly to?: Instant;
  /** When it was closed, by our clock, and by what. */
  readonly closedAt?: Instant;
  readonly closedBy?: 'person' | 'settled';
  /** The most urgent of its alerts. */
  readonly severity: Severity;
  /** Incidents that were merged into this one. */
  readonly merged: readonly IncidentId[];
}

/** What is known of one correlation key. Its version is the guard against two workers opening at once. */
export interface Guard {
  readonly hash: string;
  readonly version: number;
  /** The grouping time of its rule, in milliseconds. */
  readonly grouping: number;
  /** By `from`, at most MAX_WINDOWS. */
  readonly windows: readonly Window[];
}

export const MAX_WINDOWS = 6;

export const emptyGuard = (hash: string): Guard => ({ hash, version: 0, grouping: HOLD, windows: [] });

export const isOpenWindow = (window: Window): boolean => window.to === undefined;

/**
 * The windows that a firing belongs to: none, one, or two and more that it bridges. What began long ago and goes on belongs to
 * the open window too.
 */
export function touching(
  { windows, grouping }: Guard,
  firing: { readonly at: Instant; readonly goesOn: boolean },
): readonly Window[] {
  return windows.filter(({ from, to }) => {
    if (to === undefined && firing.goesOn) return true;
    return firing.at >= from - grouping && (to === undefined || firing.at <= to + grouping);
  });
}

/** Two windows that have grown so near to each other that they are one; undefined when all are apart. */
export function overlapping({ windows, grouping }: Guard): readonly [Window, Window] | undefined {
  for (const [i, earlier] of windows.entries()) {
    const later = windows[i + 1];
    if (later && (earlier.to === undefined || later.from <= earlier.to + grouping)) return [earlier, later];
  }
  return undefined;
}

/** The window of an incident, also when that incident was merged into another. */
export function windowOf(guard: Guard, incident: IncidentId): Window | undefined {
  return guard.windows.find((window) => window.incident === incident || window.merged.includes(incident));
}

/** The guard with one window put or replaced by incident; the oldest closed ones are forgotten. */
export function withWindow(guard: Guard, window: Window): Guard {
  const others = guard.windows.filter(
    (old) => old.incident !== window.incident && !window.merged.includes(old.incident),
  );
  const windows = [...others, window].sort((a, b) => a.from - b.from);
  while (windows.length > MAX_WINDOWS) {
    const oldest = windows.findIndex((old) => !isOpenWindow(old));
    windows.splice(Math.max(0, oldest), 1);
  }
  return { ...guard, windows };
}

export function withoutWindow(guard: Guard, incident: IncidentId): Guard {
  return { ...guard, windows: guard.windows.filter((window) => window.incident !== incident) };
}

/** The window grown to hold an event. */
export function stretched(window: Window, at: Instant, severity: Severity): Window {
  return {
    ...window,
    from: Math.min(window.from, at),
    severity: worse(window.severity, severity),
    ...(window.to !== undefined && { to: Math.max(window.to, at) }),
  };
}

/** Two windows as one: the earlier incident stays. Open when either is. */
export function joined(first: Window, second: Window): Window {
  const [keep, gone] = first.from <= second.from ? [first, second] : [second, first];
  const { to: _to, closedAt: _at, closedBy: _by, ...base } = keep;
  const whole: Window = {
    ...base,
    severity: worse(keep.severity, gone.severity),
    merged: [...keep.merged, gone.incident, ...gone.merged],
  };
  if (keep.to === undefined || gone.to === undefined) return whole;
  return {
    ...whole,
    to: Math.max(keep.to, gone.to),
    closedAt: Math.max(keep.closedAt ?? 0, gone.closedAt ?? 0),
  };
}

export function closed(
  window: Window,
  to: Instant,
  closedAt: Instant,
  closedBy: 'person' | 'settled',
): Window {
  return { ...window, to, closedAt, closedBy };
}

export function reopened(window: Window): Window {
  const { to: _to, closedAt: _at, closedBy: _by, ...rest } = window;
  return { ...rest, generation: window.generation + 1 };
}
