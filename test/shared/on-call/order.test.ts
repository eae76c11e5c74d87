import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, type Instant, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import {
  type Claimed,
  claimDelivery,
  type Delivery,
  markDropped,
  markFailed,
  markSent,
  pauseAfter,
  planDeliveries,
  turnOf,
} from '../../../shared/on-call/index.ts';
import { T0 } from '../../support/given.ts';

const planned = (step: number, channel: 'webhook' | 'email' = 'webhook'): Delivery => {
  const [delivery] = planDeliveries(1, step, [{ person: 'ann', channel }]);
  if (!delivery) throw new Error('Nothing planned');
  return delivery;
};
const claimed = (delivery: Delivery, now = T0): Claimed => {
  const claim = claimDelivery(delivery, now);
  if (claim.outcome !== 'claimed') throw new Error(`It is ${claim.outcome}`);
  return claim.delivery;
};

describe('the turn of a page', () => {
  it('comes when no other page of the incident is under way to the same person by the same channel', () => {
    const page = claimed(planned(2));
    const others = [
      ...[planned(1), markSent(claimed(planned(1)), 'id', T0), planned(3), claimed(planned(1, 'email'))],
      ...[
        { ...claimed(planned(1)), person: 'bob' },
        { ...claimed(planned(3)), generation: 2 },
      ],
    ];
    expect(turnOf(page, [page, ...others], T0)).toBe('now');
  });
  it('waits for an earlier one that is on its way, and for none that has died', () => {
    const page = claimed(planned(2), T0 + SECOND);
    expect(turnOf(page, [page, claimed(planned(1))], T0 + SECOND)).toBe('wait');
    expect(turnOf(page, [page, claimed(planned(1))], T0 + MINUTE)).toBe('now');
    // Its clock is ten minutes ahead, and it has died.
    expect(turnOf(page, [page, claimed(planned(1), T0 + 10 * MINUTE)], T0 + SECOND)).toBe('now');
  });
  it('is over once a later one has begun, whatever became of it', () => {
    const page = claimed(planned(1));
    const failed = markFailed(claimed(planned(2)), { reason: 'down', certain: false }, T0);
    for (const later of [claimed(planned(2)), failed, markSent(claimed(planned(2)), 'id', T0)])
      expect(turnOf(page, [page, later], T0), later.state).toBe('outdated');
  });
});

/** One message of the queue: the worker that has it claims, then looks, then calls, each at a time of its own. */
interface Worker {
  readonly step: number;
  at: Instant;
  doing: 'claim' | 'look' | 'call' | 'answer' | 'done';
  page?: Claimed;
}

interface World {
  readonly pages: Map<number, Delivery>;
  readonly received: { readonly step: number; readonly at: Instant }[];
  readonly isDown: (at: Instant) => boolean;
  /** How long the next thing takes, in milliseconds. */
  readonly pace: () => number;
}

/** Takes one step of a worker, as functions/on-call does it. */
function act(worker: Worker, { pages, received, isDown, pace }: World): void {
  const now = worker.at;
  const stored = pages.get(worker.step) ?? planned(worker.step);
  const { page } = worker;
  worker.at += pace();
  if (worker.doing === 'claim') {
    const claim = claimDelivery(stored, now);
    if (claim.outcome === 'claimed') {
      pages.set(worker.step, claim.delivery);
      Object.assign(worker, { doing: 'look', page: claim.delivery });
    } else if (claim.outcome === 'held') worker.at = claim.until;
    else worker.doing = 'done';
    return;
  }
  if (!page || stored.version !== page.version) throw new Error('Somebody else has it');
  if (worker.doing === 'look') {
    const turn = turnOf(page, [...pages.values()], now);
    if (turn === 'outdated') pages.set(worker.step, markDropped(page, turn, now));
    if (turn === 'wait') pages.set(worker.step, markFailed(page, { reason: turn, certain: true }, now));
    if (turn === 'wait') worker.at = now + SECOND;
    worker.doing = turn === 'now' ? 'call' : turn === 'wait' ? 'claim' : 'done';
    return;
  }
  if (worker.doing === 'call') {
    if (!isDown(now)) received.push({ step: worker.step, at: now });
    worker.doing = 'answer';
    return;
  }
  const isSent = received.some(({ step }) => step === worker.step);
  const after = isSent
    ? markSent(page, 'id', now)
    : markFailed(page, { reason: 'down', certain: false }, now);
  pages.set(worker.step, after);
  if (after.state === 'failed') worker.at = now + pauseAfter(after);
  worker.doing = isSent ? 'done' : 'claim';
}

describe('[F39] [C4] the pages of an incident to one receiver', () => {
  /** Steps this far apart, the receiver down from T0 for so long, and how long each thing of a worker takes. */
  const world = (longest: number) =>
    fc.record({
      gaps: fc.array(
        fc.oneof(fc.integer({ min: 1, max: 2 * SECOND }), fc.integer({ min: 1, max: 6 * MINUTE })),
        { minLength: 1, maxLength: 6 },
      ),
      down: fc.integer({ min: 0, max: longest }),
      paces: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 40 }),
    });
  const play = ({ gaps, down, paces }: { gaps: number[]; down: number; paces: number[] }) => {
    let turn = 0;
    const pages = new Map(gaps.map((_, i) => [i + 1, planned(i + 1)] as const));
    const around: World = {
      pages,
      received: [],
      isDown: (at) => at < T0 + down,
      pace: () => paces[turn++ % paces.length] ?? 1,
    };
    let at = T0;
    const workers: Worker[] = gaps.map((gap, i) => {
      at += i === 0 ? 0 : gap;
      return { step: i + 1, at, doing: 'claim' };
    });
    for (let left = 20_000; ; left--) {
      const [next] = workers.filter(({ doing }) => doing !== 'done').sort((a, b) => a.at - b.at);
      if (!next) break;
      if (left === 0) throw new Error('It never ends');
      act(next, around);
    }
    return { ...around, latest: at };
  };

  it('arrive in order, each once, and the newest always', () => {
    fc.assert(
      fc.property(world(HOUR), (given) => {
        const { received, pages } = play(given);
        const steps = received.map(({ step }) => step);
        expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
        expect(steps.at(-1)).toBe(given.gaps.length);
        for (const page of pages.values())
          expect(page.state === 'sent' || (page.state === 'dropped' && page.why === 'outdated')).toBe(true);
      }),
    );
  });
  it('are there within five seconds of its return after a short outage', () => {
    fc.assert(
      fc.property(world(30 * SECOND), (given) => {
        const { received } = play({ ...given, gaps: given.gaps.slice(0, 1) });
        expect((received.at(-1)?.at ?? Number.NaN) - (T0 + given.down)).toBeLessThanOrEqual(5 * SECOND);
      }),
    );
  });
});
