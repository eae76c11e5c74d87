import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bulkRate,
  chunksOf,
  claimMail,
  LISTED,
  MAIL_LEASE,
  type MailGuard,
  markMail,
} from '../../../../shared/status/index.ts';
import { T0 } from '../../../support/given.ts';

const claim = (before: MailGuard | undefined, at: number): MailGuard => {
  const taken = claimMail(before, at);
  if (taken.outcome !== 'claimed') throw new Error(taken.outcome);
  return taken.guard;
};

describe('one mail to one subscriber', () => {
  it('[M17] is finished once it is sent or refused', () => {
    const claimed = claim(undefined, T0);
    for (const became of ['sent', 'refused'] as const)
      expect(claimMail(markMail(claimed, became), T0).outcome).toBe('finished');
  });

  it('is held while somebody may be at work, and sent once more when they died', () => {
    const first = claim(undefined, T0);
    expect(claimMail(first, T0 + MAIL_LEASE - 1).outcome).toBe('held');
    const second = claim(first, T0 + MAIL_LEASE);
    expect(claimMail(second, T0 + 2 * MAIL_LEASE).outcome).toBe('finished');
  });

  it('is tried again for as long as the provider says no for now', () => {
    let guard = claim(undefined, T0);
    for (let i = 0; i < 20; i++) guard = claim(markMail(guard, 'failed'), T0);
    expect(guard).toMatchObject({ unsure: 0, version: 41 });
  });

  it('[M17] may reach a reader twice at most, whatever happens in which order', () => {
    const steps = fc.array(fc.constantFrom('died', 'unknown', 'failed', 'sent', 'refused'), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(steps, (happened) => {
        let [guard, reached, at] = [undefined as MailGuard | undefined, 0, T0];
        for (const step of happened) {
          at += MAIL_LEASE;
          const taken = claimMail(guard, at);
          if (taken.outcome === 'finished') break;
          if (taken.outcome === 'held') throw new Error('held after its lease');
          if (step !== 'failed' && step !== 'refused') reached++;
          guard = step === 'died' ? taken.guard : markMail(taken.guard, step as 'sent');
        }
        expect(reached).toBeLessThanOrEqual(2);
      }),
    );
  });
});

describe('a mailing', () => {
  it('takes half of the account, and half a mail a second in the sandbox', () => {
    expect([bulkRate(14), bulkRate(1), bulkRate(0)]).toEqual([7, 0.5, 0.5]);
  });

  it('[M20] never exceeds its rate, leaves nobody out and delays no part longer than a queue can', () => {
    const names = fc.uniqueArray(fc.nat(), { maxLength: LISTED });
    fc.assert(
      fc.property(names, fc.double({ min: 0.5, max: 500, noNaN: true }), (all, rate) => {
        const { chunks, seconds } = chunksOf(all, rate);
        expect(chunks.flatMap(({ to }) => to)).toEqual(all);
        let before = 0;
        for (const { to, delaySeconds } of chunks) {
          expect(to.length).toBeLessThanOrEqual(Math.min(50, Math.max(1, rate)));
          expect(before).toBeLessThanOrEqual(delaySeconds * rate + 1e-6);
          before += to.length;
        }
        expect(Math.max(seconds, ...chunks.map(({ delaySeconds }) => delaySeconds))).toBeLessThanOrEqual(900);
      }),
    );
  });
});
