import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchRule } from '../../../../shared/detection/index.ts';
import { batches, twoOrders } from '../../../support/arrivals.ts';
import { DetectionMemory } from '../../../support/detection-memory.ts';
import { explained, kept } from '../../../support/explained.ts';
import { ruleSets } from '../../../support/order/rule-sets.ts';
import { epoch } from '../../../support/signals.ts';
import { quietOrders } from '../../../support/silences.ts';

const RUNS = 150;

describe('an explanation of any alert, under any rules and silences', () => {
  for (const rules of ruleSets) {
    it(`says what was decided, and never throws, under ${rules.map(({ name }) => name).join(' and ')}`, () => {
      fc.assert(
        fc.property(quietOrders(twoOrders), ({ orders, quiets }) => {
          const memory = new DetectionMemory(rules, { quiets });
          let now = epoch;
          for (const batch of batches(orders.inTime, orders.cuts)) {
            now = Math.max(...batch.map((arrival) => arrival.at));
            memory.receive(
              batch.map(({ message }) => message),
              now,
            );
          }
          const firings = orders.inTime.flatMap(({ message }) =>
            message.signals
              .filter(({ state }) => state === 'firing')
              .map((signal) => kept(signal, message.receivedAt)),
          );
          for (const last of firings) {
            const said = explained(memory, last, now);
            const head = memory.heads.get(last.signal.fingerprint);
            expect(said.steps.length).toBeGreaterThan(1);
            if (said.outcome === 'incident') expect(head?.memberships.length).toBeGreaterThan(0);
            if (said.outcome === 'dropped') expect(matchRule(rules, last).does).toBe('drop');
            if (said.outcome === 'silence' || said.outcome === 'maintenance')
              expect(head?.suppressed).toBeDefined();
            if (head && head.memberships.length === 0) expect(said.outcome).not.toBe('incident');
            const isOnlyOpen = matchRule(rules, last).does === 'open' && !head?.suppressed;
            if (isOnlyOpen && head?.memberships.length) expect(said.outcome).toMatch(/incident|waiting/);
          }
        }),
        { numRuns: RUNS, seed: 1 },
      );
    });
  }
});
