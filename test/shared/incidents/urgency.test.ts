import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severities } from '../../../shared/alerts/index.ts';
import {
  compareNewest,
  compareUrgency,
  incidentStates,
  needsHuman,
} from '../../../shared/incidents/index.ts';

const place = fc.record({
  state: fc.constantFrom(...incidentStates),
  severity: fc.constantFrom(...severities),
  openedAt: fc.nat(2),
  id: fc.constantFrom('a', 'b'),
});

describe('the order of urgency', () => {
  it('puts what wakes people and nobody answered first, then what somebody is at work on, then the rest', () => {
    const at = (
      state: 'triggered' | 'acknowledged',
      severity: (typeof severities)[number],
      openedAt: number,
    ) => ({
      id: 'a',
      state,
      severity,
      openedAt,
    });
    const wanted = [
      at('triggered', 'P1_CRITICAL', 1),
      at('triggered', 'P3_MEDIUM', 2),
      at('acknowledged', 'P1_CRITICAL', 7),
      at('acknowledged', 'P2_HIGH', 9),
      at('triggered', 'P4_LOW', 9),
      at('triggered', 'P4_LOW', 8),
      at('acknowledged', 'P4_LOW', 9),
    ];
    expect(wanted.toReversed().toSorted(compareUrgency)).toEqual(wanted);
    const beneath = wanted.toSorted(compareNewest).map(({ severity }) => severity);
    expect(beneath.at(-1)).toBe('P1_CRITICAL');
  });
  it('is total', () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        expect(Math.sign(compareUrgency(a, b))).toBe(-Math.sign(compareUrgency(b, a)) || 0);
        expect(compareUrgency(a, b) === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
        if (compareUrgency(a, b) < 0 && compareUrgency(b, c) < 0)
          expect(compareUrgency(a, c)).toBeLessThan(0);
      }),
    );
  });
  it('never puts what is less urgent before what is more, however many there are', () => {
    fc.assert(
      fc.property(fc.array(place), (places) => {
        const first = places.toSorted(compareUrgency)[0];
        const waits = places.filter(({ state, severity }) => state === 'triggered' && needsHuman(severity));
        const worst = severities.find((one) => waits.some(({ severity }) => severity === one));
        if (worst !== undefined) expect(first).toMatchObject({ state: 'triggered', severity: worst });
      }),
    );
  });
});
