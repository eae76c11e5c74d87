import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR } from '../../../shared/kernel/index.ts';
import { standingOf, targetsAt } from '../../../shared/metrics/index.ts';
import { ann, minutes, T0 } from '../../support/given.ts';
import { over, sampled } from './given-samples.ts';

/** Versions, newest first, set at these minutes; each may take as many hours as its number. */
const versionsAt = (...setAt: readonly number[]) =>
  setAt
    .map((minute, i) => ({
      ...{ version: i + 1, setAt: minutes(minute), setBy: ann },
      targets: { mttr: { overall: (i + 1) * HOUR } },
    }))
    .reverse();

describe('the targets that hold at a moment', () => {
  it('are those set last before it, that moment included', () => {
    const versions = versionsAt(0, 10, 20);
    expect(targetsAt(versions, minutes(10))).toEqual({ mttr: { overall: 2 * HOUR } });
    expect(targetsAt(versions, minutes(19))).toEqual({ mttr: { overall: 2 * HOUR } });
    expect(targetsAt(versions, minutes(999))).toEqual({ mttr: { overall: 3 * HOUR } });
  });

  it('are none before the first, unless an earlier one is not known any more', () => {
    const versions = versionsAt(0, 10, 20);
    expect(targetsAt(versions, minutes(-1))).toEqual({});
    expect(targetsAt(versions.slice(0, 2), minutes(-1))).toEqual({ mttr: { overall: 2 * HOUR } });
    expect(targetsAt([], T0)).toEqual({});
  });

  it('never change by what is set later', () => {
    const minute = fc.integer({ min: -1_000, max: 1_000 });
    fc.assert(
      fc.property(fc.array(minute, { minLength: 1 }), minute, fc.nat(), (some, at, ahead) => {
        const ordered = some.sort((a, b) => a - b);
        const later = at + 1 + ahead;
        const before = targetsAt(versionsAt(...ordered.filter((one) => one <= at)), minutes(at));
        const after = versionsAt(...ordered.filter((one) => one <= at), later, later + 5);
        expect(targetsAt(after, minutes(at))).toEqual(before);
      }),
    );
  });

  it('judge an incident for ever: the standing of one that is over stays as it was', () => {
    const judged = sampled(over(), undefined, { mttr: { overall: HOUR } });
    expect(standingOf(judged, 'mttr')).toEqual({ target: HOUR, standing: 'missed', left: -HOUR });
    expect(standingOf(judged, 'mttd')).toBeUndefined();
    expect(standingOf(sampled(over()), 'mttr')).toBeUndefined();
  });
});
