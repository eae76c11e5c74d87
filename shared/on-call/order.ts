import type { Instant } from '../kernel/index.ts';
import { type Claimed, type Delivery, LEASE } from './delivery.ts';

/** Whether a claimed page may go to its provider now. */
export type PageTurn =
  | 'now'
  /** An earlier one is on its way by the same channel, and this one must not overtake it. */
  | 'wait'
  /** A later one has begun, which says all that this one would. */
  | 'outdated';

/**
 * The turn of a page that was claimed before the others were read, as each does: so of two that are under way at least one sees
 * the other, and one person gets the pages of an incident by one channel in their order.
 */
export function turnOf(page: Claimed, pages: readonly Delivery[], now: Instant): PageTurn {
  const same = pages.filter(
    ({ generation, person, channel }) =>
      generation === page.generation && person === page.person && channel === page.channel,
  );
  if (same.some(({ step, attempts }) => step > page.step && attempts > 0)) return 'outdated';
  // A claim that lasts longer than one can was made by another clock: nobody waits for it.
  const isAhead = (one: Delivery): boolean =>
    one.step < page.step && one.state === 'claimed' && now < one.leaseUntil && one.leaseUntil <= now + LEASE;
  return same.some(isAhead) ? 'wait' : 'now';
}
