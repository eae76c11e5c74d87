import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duration, HOUR, type Instant, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import {
  claimDelivery,
  type Delivery,
  LONGEST_WISH,
  markFailed,
  markRefused,
  markSent,
  pauseAfter,
  planDeliveries,
  withWish,
} from '../../../shared/on-call/index.ts';
import { queues } from '../../../shared/wiring/index.ts';
import { T0 } from '../../support/given.ts';

/** What a receiver does: down from T0 for so long, where each request takes so long to fail. */
interface Outage {
  readonly lasts: Duration;
  readonly hangs: Duration;
}

/** Delivers by virtual time, as the queue brings it back; the instant at which it arrived, and how often it was tried. */
function arrival(began: Instant, { lasts, hangs }: Outage): { readonly at: Instant; readonly tries: number } {
  const [planned] = planDeliveries(1, 1, [{ person: 'ann', channel: 'webhook' }]);
  let delivery: Delivery | undefined = planned;
  let now = began;
  for (let tries = 1; delivery && tries <= queues.delivery.maxReceives; tries++) {
    const claim = claimDelivery(delivery, now);
    if (claim.outcome !== 'claimed') throw new Error(`It is ${claim.outcome}`);
    if (now >= T0 + lasts) return { at: markSent(claim.delivery, 'id', now).sentAt, tries };
    const failed = markFailed(claim.delivery, { reason: 'down', certain: false }, now + hangs);
    delivery = failed;
    // The queue knows whole seconds.
    now = failed.failedAt + Math.ceil(pauseAfter(failed) / SECOND) * SECOND;
  }
  throw new Error('It went to the dead letters');
}

describe('[F39] a page to a receiver that was down', () => {
  const short = fc.record({
    lasts: fc.integer({ min: 1, max: MINUTE }),
    hangs: fc.constantFrom(0, 0, 20, 500),
  });
  const distance = (began: number, down: Outage) =>
    arrival(T0 + Math.floor(began * down.lasts), down).at - (T0 + down.lasts);

  it('for a minute at most arrives within five seconds of its return, whenever it was sent first', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), short, (began, down) => {
        expect(distance(began, down)).toBeLessThanOrEqual(5 * SECOND);
      }),
    );
  });
  it('for five seconds does so although each request hangs until it is given up', () => {
    for (let began = 0; began < 5 * SECOND; began += 50)
      expect(
        arrival(T0 + began, { lasts: 5 * SECOND, hangs: 4 * SECOND }).at - (T0 + 5 * SECOND),
      ).toBeLessThanOrEqual(5 * SECOND);
  });
  it('for an hour arrives within a minute of it, also when each request hangs, and long before the queue gives up', () => {
    const lasting = fc.integer({ min: 1, max: HOUR });
    const hanging = fc.constantFrom(0, 20, 500, 4 * SECOND);
    const outages = fc.record({ lasts: lasting, hangs: hanging });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), outages, (began, down) => {
        expect(distance(began, down)).toBeLessThanOrEqual(MINUTE);
        expect(arrival(T0, down).tries).toBeLessThan(queues.delivery.maxReceives - 10);
      }),
    );
  });
});

describe('the pause after a failed try', () => {
  const failedAfter = (attempts: number): Delivery => {
    const [planned] = planDeliveries(1, 1, [{ person: 'ann', channel: 'slack' }]);
    if (!planned) throw new Error('Nothing planned');
    return { ...planned, state: 'claimed', attempts, leaseUntil: T0 };
  };
  const claimedTimes = (attempts: number) => {
    const delivery = failedAfter(attempts);
    if (delivery.state !== 'claimed') throw new Error('Not claimed');
    return delivery;
  };
  it('[F38] is never shorter than the provider wants, nor longer than fifteen minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 1e8 }), (attempts, seconds) => {
        const answer = { status: 429, headers: { 'retry-after': String(seconds) }, body: '' };
        const outcome = withWish(
          { outcome: 'failed', reason: '429', certain: true, isDown: false },
          answer,
          T0,
        );
        if (outcome.outcome !== 'failed') throw new Error('Not failed');
        const failed = markFailed(claimedTimes(attempts), outcome, T0);
        const pause = pauseAfter(failed);
        expect(pause).toBeGreaterThanOrEqual(Math.min(seconds * SECOND, LONGEST_WISH));
        expect(pause).toBeLessThanOrEqual(LONGEST_WISH);
        expect(claimDelivery(failed, T0 + pause).outcome).toBe('claimed');
      }),
    );
  });
  it('of what was refused doubles up to a little less than a minute', () => {
    const pauses = [1, 2, 3, 7, 50].map((n) => pauseAfter(markRefused(claimedTimes(n), 'no', T0)) / SECOND);
    expect(pauses).toEqual([1, 2, 4, 55, 55]);
  });
});
