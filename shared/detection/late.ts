import type { Instant } from '../kernel/index.ts';
import { apart, type Guard, isOpenWindow, touching, type Window } from './guard.ts';
import { LATEST } from './latest.ts';
import { type Episode, isBesideOther } from './stretch.ts';

/** Whether a firing is too late to be put in its order. */
export const isLate = (at: Instant, now: Instant): boolean => now - at > LATEST;

/**
 * The one window that a late firing belongs to. What goes on belongs to the open one, else to the last when it fired near that
 * or that ended just now. What came before the last is history: it is neither reopened nor merged.
 */
export function windowForLate(
  guard: Guard,
  firing: { readonly at: Instant; readonly goesOn: boolean; readonly episode?: Episode },
  now: Instant,
): Window | undefined {
  const touched = touching(guard, firing);
  if (!firing.goesOn || guard.width !== undefined) return touched.at(-1);
  const windows = apart(guard);
  const last = windows.find(isOpenWindow) ?? windows.at(-1);
  if (!last || isOpenWindow(last) || touched.includes(last)) return last;
  return firing.at < last.from && now <= endOf(last) + guard.grouping ? last : undefined;
}

/** The window fitted between those that are there: one that goes on begins after the last that ended, one that is over ends before the next. */
export function fitted(guard: Guard, window: Window): Window {
  const others = apart(guard).filter(
    (other) => other.incident !== window.incident && isBesideOther(guard, other, window),
  );
  if (window.to === undefined) {
    const ends = others.filter((other) => !isOpenWindow(other)).map((other) => endOf(other) + guard.grouping);
    return { ...window, from: Math.max(window.from, ...ends.map((end) => end + 1)) };
  }
  const next = others.find(({ from }) => from > window.from);
  const room = next ? next.from - guard.grouping - 1 : window.to;
  return { ...window, to: Math.max(window.from, Math.min(window.to, room)) };
}

const endOf = ({ from, to }: Window): Instant => to ?? from;
