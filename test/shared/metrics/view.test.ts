import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, toText } from '../../../shared/kernel/index.ts';
import { metricsApi } from '../../../shared/metrics/api.ts';
import {
  headFields,
  incidentAnalysis,
  sampleOf,
  urgencyOf,
  viewSample,
} from '../../../shared/metrics/index.ts';
import { minutes, T0 } from '../../support/given.ts';
import { always, anyHead, head, over, sampled } from './given-samples.ts';

const targets = { mtta: { overall: 10 * MINUTE }, mttr: { overall: 2 * HOUR } };
const setting = { componentsOf: new Map([['checkout', ['cmp_1']]]), now: minutes(600), versions: [] };

describe('the attributes that the metrics read', () => {
  it('are all that they need: a head without the others makes the same sample', () => {
    const kept = new Set(headFields.map((field) => field.split('.')[0]));
    fc.assert(
      fc.property(anyHead, (incident) => {
        const { correlation } = incident;
        const part = Object.fromEntries(Object.entries(incident).filter(([name]) => kept.has(name)));
        const read = { ...part, ...(correlation && { correlation: { rule: correlation.rule } }) };
        expect(sampleOf(read as typeof incident, setting)).toEqual(sampleOf(incident, setting));
      }),
    );
  });
});

describe('an incident in the answers', () => {
  it('of any head is what the API promises', () => {
    fc.assert(
      fc.property(anyHead, (incident) => {
        const analysis = incidentAnalysis(incident, { ...setting, versions: always(targets) });
        const answer = { at: toText(T0), ...analysis };
        expect(metricsApi['get-incident'].answer.safeParse(answer).error).toBeUndefined();
        const shares = analysis.phases.reduce((sum, { share }) => sum + share, 0);
        expect([0, 1]).toContain(Math.round(shares * 1e6) / 1e6);
      }),
    );
  });

  it('has the components of its service, and how it stands', () => {
    const sample = sampleOf(over({ service: 'checkout' }), { ...setting, versions: always(targets) });
    expect(viewSample(sample)).toMatchObject({
      components: ['cmp_1'],
      targets: {
        mtta: { targetMs: 10 * MINUTE, standing: 'met', leftMs: 0 },
        mttr: { targetMs: 2 * HOUR, standing: 'met', leftMs: 0 },
      },
    });
  });
});

describe('how urgent an open incident is', () => {
  it('is the largest share of a target that is used up', () => {
    // Acknowledged within 10 minutes of the opening, which was a minute after the first sign.
    expect(urgencyOf(sampled(head(), minutes(6), targets))).toBeCloseTo(0.5);
    expect(urgencyOf(sampled(head(), minutes(21), targets))).toBeCloseTo(2);
    const acknowledged = head({ points: { detectedAt: minutes(1), acknowledgedAt: minutes(3) } });
    expect(urgencyOf(sampled(acknowledged, minutes(60), targets))).toBeCloseTo(0.5);
  });

  it('is nothing for what is over or has no target, and only grows with time', () => {
    expect(urgencyOf(sampled(over(), undefined, targets))).toBe(0);
    expect(urgencyOf(sampled(head()))).toBe(0);
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), (at, more) => {
        const [sooner, later] = [at, at + more].map((minute) =>
          urgencyOf(sampled(head(), minutes(minute + 1), targets)),
        );
        expect(later).toBeGreaterThanOrEqual(sooner ?? 0);
      }),
    );
  });
});
