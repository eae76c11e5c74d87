import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severities } from '../../../shared/alerts/index.ts';
import { HOUR, MINUTE } from '../../../shared/kernel/index.ts';
import { metricsApi } from '../../../shared/metrics/api.ts';
import {
  aimOf,
  changedTargets,
  countStandings,
  type Measured,
  targetFor,
  targetMeasures,
} from '../../../shared/metrics/index.ts';
import { yearOf } from './given-samples.ts';

const targets = {
  mtta: { severity: { P1_CRITICAL: 5 * MINUTE } },
  mttr: { severity: { P1_CRITICAL: 2 * HOUR }, overall: 6 * HOUR },
} as const;

describe('the target of an incident', () => {
  it('is that of its severity, else the one for all others', () => {
    expect(targetFor(targets, 'mttr', 'P1_CRITICAL')).toBe(2 * HOUR);
    expect(targetFor(targets, 'mttr', 'P4_LOW')).toBe(6 * HOUR);
    expect(targetFor(targets, 'mtta', 'P4_LOW')).toBeUndefined();
  });

  it.each([
    ['met', { state: 'recorded', ms: 60 }, 40],
    ['met', { state: 'recorded', ms: 100 }, 0],
    ['missed', { state: 'recorded', ms: 130 }, -30],
    ['on-track', { state: 'pending', soFar: 74 }, 26],
    ['warning', { state: 'pending', soFar: 75 }, 25],
    ['warning', { state: 'pending', soFar: 100 }, 0],
    ['overdue', { state: 'pending', soFar: 101 }, -1],
  ] as const)('is %s by %o', (standing, measured, left) => {
    expect(aimOf(measured as Measured, 100)).toEqual({ target: 100, standing, left });
  });

  it('says nothing of what is not applicable or invalid', () => {
    expect(aimOf({ state: 'invalid', why: 'x' }, 100)).toBeUndefined();
    expect(aimOf({ state: 'not-applicable', why: 'x' }, 100)).toBeUndefined();
  });

  it('counts every recorded or pending incident that has one, once', () => {
    const samples = yearOf(200, 1, targets);
    const counts = Object.values(countStandings(samples, 'mttr')).reduce((a, b) => a + b, 0);
    const measured = samples.filter(({ durations: { mttr } }) =>
      ['recorded', 'pending'].includes(mttr.state),
    );
    expect(counts).toBe(measured.length);
  });
});

const length = fc.integer({ min: 1_000, max: 30 * 24 * HOUR });
const set = (one: fc.Arbitrary<number | null>) =>
  fc.record(
    { severity: fc.dictionary(fc.constantFrom(...severities), one), overall: one },
    { requiredKeys: [] },
  );
const change = fc.record(
  { mtta: set(fc.option(length)), mttr: set(fc.option(length)) },
  { requiredKeys: [] },
);

describe('a change of targets', () => {
  it('leaves what it does not name, and removes what it says null to', () => {
    const after = changedTargets(targets, { mttr: { severity: { P1_CRITICAL: null, P2_HIGH: HOUR } } });
    expect(after).toEqual({ mtta: targets.mtta, mttr: { severity: { P2_HIGH: HOUR }, overall: 6 * HOUR } });
    expect(changedTargets(targets, { mtta: { severity: { P1_CRITICAL: null } } })).toEqual({
      mttr: targets.mttr,
    });
  });

  it('made twice is as made once, and what comes out is what the API shows', () => {
    fc.assert(
      fc.property(change, change, (first, second) => {
        const before = changedTargets({}, first);
        const once = changedTargets(before, second);
        expect(changedTargets(once, second)).toEqual(once);
        expect(metricsApi['set-targets'].answer.safeParse({ version: 1, targets: once }).success).toBe(true);
        for (const measure of targetMeasures)
          for (const severity of severities) {
            const said = second[measure]?.severity?.[severity];
            const kept = said === undefined ? before[measure]?.severity?.[severity] : (said ?? undefined);
            expect(once[measure]?.severity?.[severity]).toBe(kept);
          }
      }),
    );
  });

  it('takes the form of the description, in milliseconds', () => {
    const body = { severity: { P1_CRITICAL: 7_200_000, P2_HIGH: 14_400_000 }, overall: 21_600_000 };
    expect(metricsApi['set-targets'].body.safeParse(body).success).toBe(true);
    expect(metricsApi['set-targets'].body.safeParse({ ...body, mttr: body }).success).toBe(false);
    expect(metricsApi['set-targets'].body.safeParse({ overall: 0.5 }).success).toBe(false);
    expect(metricsApi['set-targets'].body.safeParse({ severity: { P9: HOUR } }).success).toBe(false);
  });
});
