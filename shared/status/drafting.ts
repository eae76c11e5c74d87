import { type Instant, Refusal } from '../kernel/index.ts';
import type { NewPageFact } from './facts.ts';
import type { Entry } from './state.ts';

/** The most things of one kind that a page has at a time: one transaction reads them all. */
export const MOST = { group: 50, component: 200 } as const;

/** One fact with what it changed. */
export function fact(
  type: NewPageFact['type'],
  occurredAt: Instant,
  ...entries: readonly Entry[]
): readonly NewPageFact[] {
  return [{ type, occurredAt, data: { entries } }];
}

/** The fields after a change: `undefined` leaves one as it is, `null` takes it away. */
export function patched<T extends object>(
  before: T,
  change: { readonly [K in keyof T]?: T[K] | null | undefined },
): T {
  const said = Object.entries(change).filter(([, value]) => value !== undefined);
  const merged = { ...before, ...Object.fromEntries(said) };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as T;
}

/** The place after the last. */
export const next = (present: readonly { readonly position: number }[]): number =>
  Math.max(0, ...present.map(({ position }) => position)) + 1;

/** Refuses one more than there may be. */
export function refuseMore(count: number, most: number, what: string): void {
  if (count < most) return;
  throw new Refusal('conflict', `A page has at most ${most} ${what}; remove one first.`);
}

/** What a command names and the page has not. */
export const missing = (what: string, id: string): Refusal =>
  new Refusal('not_found', `There is no ${what} '${id}' on this page.`, 'path.id');
