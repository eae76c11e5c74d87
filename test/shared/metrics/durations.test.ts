import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../../shared/kernel/index.ts';
import { durationsOf, measureNames, phaseLengths } from '../../../shared/metrics/index.ts';
import { inc, minutes, T0 } from '../../support/given.ts';
import { anyHead, head, over, sampled } from './given-samples.ts';

const later = T0 + DAY;
const recorded = (length: number) => ({ state: 'recorded', ms: length * MINUTE });

describe('the durations of an incident', () => {
  it('lie between the points of its timeline', () => {
    expect(durationsOf(over(), later)).toEqual({
      mttd: recorded(1),
      mtta: recorded(10),
      mttm: recorded(90),
      mttr: recorded(120),
    });
  });

  it('are pending as long as the point may still come, and tell how long it has been', () => {
    const { mttd, mtta, mttm, mttr } = durationsOf(head(), minutes(31));
    expect(mttd).toEqual(recorded(1));
    expect(mtta).toEqual({ state: 'pending', soFar: 30 * MINUTE });
    expect(mttm).toEqual({ state: 'pending', soFar: 31 * MINUTE });
    expect(mttr).toEqual({ state: 'pending', soFar: 31 * MINUTE });
  });

  it('are not applicable, with the reason, where the point never came', () => {
    const alone = durationsOf(over({ points: { detectedAt: minutes(1) } }), later);
    expect(alone.mtta).toEqual({
      state: 'not-applicable',
      why: 'It was over before anybody acknowledged it.',
    });
    expect(alone.mttm.state).toBe('not-applicable');
    expect(alone.mttr).toEqual(recorded(120));
  });

  it('know no detection where a person declared the incident', () => {
    const { mttd, mtta } = durationsOf(over({ correlation: undefined }), later);
    expect(mttd).toEqual({ state: 'not-applicable', why: 'A person declared the incident.' });
    expect(mtta).toEqual(recorded(10));
  });

  it('of an older version of the program know the whole and nothing else', () => {
    const { mttd, mtta, mttm, mttr } = durationsOf(over({ points: undefined }), later);
    for (const one of [mttd, mtta, mttm])
      expect(one).toEqual({ state: 'not-applicable', why: 'An earlier version recorded it.' });
    expect(mttr).toEqual(recorded(120));
  });

  it.each([
    ['merged', { mergedInto: inc }],
    ['deleted', { deletedAt: T0 }],
  ])('are not applicable to a %s one', (_, change) => {
    for (const one of Object.values(durationsOf(over(change), later)))
      expect(one.state).toBe('not-applicable');
  });

  it('are invalid where an end comes before its beginning, or lies in the future', () => {
    const ahead = durationsOf(over({ points: { detectedAt: T0 - MINUTE } }), later);
    expect(ahead.mttd).toEqual({ state: 'invalid', why: 'It ends before it begins.' });
    expect(durationsOf(over(), minutes(100)).mttr).toEqual({
      state: 'invalid',
      why: 'It ends in the future.',
    });
    expect(durationsOf(head({ openedAt: minutes(60) }), T0).mttr.state).toBe('invalid');
    expect(durationsOf(over({ resolvedAt: Number.NaN }), later).mttr.state).toBe('invalid');
  });

  it('of any head are one of the four, never negative and never both', () => {
    fc.assert(
      fc.property(anyHead, fc.integer({ min: 0, max: 900 }).map(minutes), (incident, now) => {
        const durations = durationsOf(incident, now);
        for (const measure of measureNames) {
          const one = durations[measure];
          if (one.state === 'recorded') expect(one.ms).toBeGreaterThanOrEqual(0);
          else if (one.state === 'pending') {
            expect(one.soFar).toBeGreaterThanOrEqual(0);
            expect(incident.state).not.toBe('resolved');
          } else expect(one.why).not.toBe('');
        }
      }),
    );
  });
});

describe('the phases of an incident', () => {
  it('follow each other and are the whole of its time', () => {
    expect(phaseLengths(sampled(over()))).toEqual({
      detection: 1 * MINUTE,
      acknowledgement: 10 * MINUTE,
      mitigation: 79 * MINUTE,
      resolution: 30 * MINUTE,
    });
  });

  it('leave the time of a point that was never reached to the next', () => {
    const points = { detectedAt: minutes(1), mitigatedAt: minutes(90) };
    expect(phaseLengths(sampled(over({ points })))).toMatchObject({
      acknowledgement: 0,
      mitigation: 89 * MINUTE,
    });
  });

  it('are not known before it is over', () => {
    expect(phaseLengths(sampled(head()))).toBeUndefined();
  });

  it('of any head are the whole, or nothing', () => {
    fc.assert(
      fc.property(anyHead, (incident) => {
        const sample = sampled(incident);
        const lengths = phaseLengths(sample);
        if (!lengths) return;
        const { mttr } = sample.durations;
        const sum = Object.values(lengths).reduce((a, b) => a + b, 0);
        expect(mttr).toEqual({ state: 'recorded', ms: sum });
        for (const length of Object.values(lengths)) expect(length).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
