import { apart, type Guard, type Window, windowOf } from './guard.ts';

/** Whether all that waited for a window is in it. */
export const isGathered = ({ gathered, generation }: Window): boolean => gathered === generation;

/** Whether a window may take in alerts that wait: not all are known to be in it, or it reaches further than before. */
export const mayTakeIn = (guard: Guard, before: Guard): boolean =>
  apart(guard).some((window) => !isGathered(window) || hasGrown(window, before));

/** The guard that says of its windows that all that waited is in them; the same object when it does. */
export const allTaken = (guard: Guard): Guard =>
  withEach(guard, (window) => (isGathered(window) ? window : { ...window, gathered: window.generation }));

/**
 * The guard that says so no more, of all windows when alerts that waited came into one: they may be written after the guard. Else of
 * those that reach further than before.
 */
export const notAllTaken = (guard: Guard, before: Guard, tookIn: boolean): Guard =>
  withEach(guard, (window) => {
    if (window.gathered === undefined || !(tookIn || hasGrown(window, before))) return window;
    const { gathered: _, ...rest } = window;
    return rest;
  });

function withEach(guard: Guard, change: (window: Window) => Window): Guard {
  const windows = guard.windows.map(change);
  return windows.every((window, i) => window === guard.windows[i]) ? guard : { ...guard, windows };
}

function hasGrown({ incident, generation, from, to }: Window, before: Guard): boolean {
  const old = windowOf(before, incident);
  return old?.generation !== generation || old.from !== from || old.to !== to;
}
