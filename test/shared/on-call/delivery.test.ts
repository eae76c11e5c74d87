import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../../shared/kernel/index.ts';
import {
  type Claimed,
  claimDelivery,
  type Delivery,
  dropReason,
  LEASE,
  markDropped,
  markFailed,
  markRefused,
  markSent,
  planDeliveries,
  reachedNobody,
  viewPage,
} from '../../../shared/on-call/index.ts';
import { incidentAfter, minutes, opened, T0, triggered } from '../../support/given.ts';

const target = { person: 'ann', channel: 'email' } as const;

function planned(): Delivery {
  const [delivery] = planDeliveries(1, 2, [target]);
  if (!delivery) throw new Error('Nothing planned');
  return delivery;
}

function claimed(delivery: Delivery, now = T0): Claimed {
  const claim = claimDelivery(delivery, now);
  if (claim.outcome !== 'claimed') throw new Error(`It is ${claim.outcome}`);
  return claim.delivery;
}

describe('a delivery', () => {
  it('is planned for each target under the generation and the step', () => {
    expect(planned()).toEqual({
      state: 'planned',
      generation: 1,
      step: 2,
      ...target,
      version: 1,
      attempts: 0,
      possiblyAgain: false,
    });
  });
  it('is claimed by one, and held for the others while the lease runs', () => {
    const first = claimed(planned());
    expect(first).toMatchObject({ state: 'claimed', attempts: 1, version: 2, possiblyAgain: false });
    expect(claimDelivery(first, T0 + LEASE - 1)).toEqual({ outcome: 'held', until: T0 + LEASE });
  });
  it('[M9] [F24] is claimed again after the lease, then marked possibly again for good', () => {
    const second = claimed(claimed(planned()), T0 + LEASE);
    expect(second).toMatchObject({ attempts: 2, possiblyAgain: true });
    expect(markSent(second, 'ses-1', minutes(1))).toMatchObject({ state: 'sent', possiblyAgain: true });
  });
  it('is finished when it was sent or dropped', () => {
    const sent = markSent(claimed(planned()), 'ses-1', T0);
    expect(claimDelivery(sent, minutes(60))).toEqual({ outcome: 'finished' });
    expect(claimDelivery(markDropped(claimed(planned()), 'resolved', T0), T0)).toEqual({
      outcome: 'finished',
    });
  });
  it('[M5] is tried again after a failure; only one whose outcome is unknown makes it possibly again', () => {
    const refused = markFailed(claimed(planned()), { reason: 'MessageRejected', certain: true }, T0);
    expect(claimed(refused)).toMatchObject({ attempts: 2, possiblyAgain: false });
    const unknown = markFailed(claimed(planned()), { reason: 'TimeoutError', certain: false }, T0);
    expect(claimed(unknown)).toMatchObject({ attempts: 2, possiblyAgain: true });
  });
  it('[F38] is not tried before its provider wants it, and then by anybody', () => {
    const failed = markFailed(claimed(planned()), { reason: '429', certain: true, wait: 30 * SECOND }, T0);
    const until = T0 + 30 * SECOND;
    expect(claimDelivery(failed, until - 1)).toEqual({ outcome: 'held', until });
    expect(claimed(failed, until)).toMatchObject({ attempts: 2, possiblyAgain: false });
    expect(claimed(failed, until)).not.toHaveProperty('notBefore');
  });
  it('leaves nothing of the state before', () => {
    const failed = markFailed(claimed(planned()), { reason: 'TimeoutError', certain: false }, T0);
    expect(markSent(claimed(failed), 'ses-1', T0)).not.toHaveProperty('reason');
    expect(failed).not.toHaveProperty('leaseUntil');
  });
});

describe('[M10] right before the provider is called', () => {
  const acknowledged = { type: 'incident.acknowledged', occurredAt: T0, data: { generation: 1 } } as const;
  const resolved = {
    type: 'incident.resolved',
    occurredAt: T0,
    data: { generation: 1, reason: 'person' },
  } as const;
  const reopened = {
    type: 'incident.reopened',
    occurredAt: T0,
    data: { generation: 2, reason: 'person' },
  } as const;

  it('nobody is told of what was acknowledged, resolved, reopened, deleted or is not there', () => {
    expect(dropReason(triggered(), 1)).toBeUndefined();
    expect(dropReason(incidentAfter(opened(), acknowledged), 1)).toBe('acknowledged');
    expect(dropReason(incidentAfter(opened(), resolved), 1)).toBe('resolved');
    expect(dropReason(incidentAfter(opened(), resolved, reopened), 1)).toBe('superseded');
    expect(dropReason(incidentAfter(opened(), resolved, reopened), 2)).toBeUndefined();
    expect(dropReason({ ...triggered(), deletedAt: T0 }, 1)).toBe('deleted');
    expect(dropReason(undefined, 1)).toBe('deleted');
  });
});

describe('the pages of a step', () => {
  const refused = () => markRefused(claimed(planned()), 'an address is not verified', T0);
  it('reach nobody when each was refused or is for somebody who is gone, and no other outcome counts', () => {
    const gone = markDropped(claimed(planned()), 'unreachable', T0);
    expect(reachedNobody([refused(), gone])).toBe(true);
    const others = [
      planned(),
      claimed(planned()),
      claimed(refused(), T0 + 1),
      markFailed(claimed(planned()), { reason: 'Throttling', certain: true }, T0),
      markSent(claimed(planned()), 'ses-1', T0),
      markDropped(claimed(planned()), 'acknowledged', T0),
    ];
    for (const other of others) expect(reachedNobody([refused(), other]), other.state).toBe(false);
  });
  it('[M6] are shown as what they became, never as sent when they were not', () => {
    expect(viewPage(refused())).toMatchObject({ state: 'refused', reason: 'an address is not verified' });
    const failed = markFailed(claimed(planned()), { reason: 'Throttling', certain: true }, T0);
    expect(viewPage(failed)).toMatchObject({ state: 'failed', reason: 'Throttling' });
    expect(viewPage(planned())).not.toHaveProperty('at');
    expect(viewPage(markSent(claimed(planned()), 'ses-1', T0))).toMatchObject({
      state: 'sent',
      at: new Date(T0).toISOString(),
    });
  });
});

describe('workers that die anywhere', () => {
  /** What a worker does before it dies or ends; `call` counts as a page. */
  const fate = fc.constantFrom('before the call', 'after the call', 'refused', 'done');

  it('[F24] call the provider once, and once more for each that died after its claim, marked as such; never not at all', () => {
    fc.assert(
      fc.property(fc.array(fate, { maxLength: 6 }), (fates) => {
        let delivery = planned();
        let now = T0;
        const pages: boolean[] = [];
        let deaths = 0;
        for (const end of [...fates, 'done'] as const) {
          const claim = claimDelivery(delivery, now);
          if (claim.outcome !== 'claimed') break;
          delivery = claim.delivery;
          expect(claim.delivery.possiblyAgain).toBe(deaths > 0);
          if (end !== 'before the call' && end !== 'refused') pages.push(claim.delivery.possiblyAgain);
          if (end === 'refused') delivery = markRefused(claim.delivery, 'MessageRejected', now);
          else if (end === 'done') delivery = markSent(claim.delivery, 'ses-1', now);
          else deaths++;
          now += LEASE;
        }
        expect(delivery.state).toBe('sent');
        expect(pages.length).toBeGreaterThan(0);
        expect(pages.length).toBeLessThanOrEqual(deaths + 1);
        expect(pages.slice(1).every((again) => again)).toBe(true);
      }),
    );
  });
});
