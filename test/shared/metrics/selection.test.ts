import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severities } from '../../../shared/alerts/index.ts';
import { DAY, HOUR, MINUTE, toText } from '../../../shared/kernel/index.ts';
import {
  countStandings,
  durationStates,
  isAt,
  isInScope,
  isSelected,
  measureNames,
  NONE,
  type Sample,
  type Selection,
  selectionQuery,
  standingOf,
  standings,
  summaryOf,
  targetMeasures,
  times,
  zoneOf,
} from '../../../shared/metrics/index.ts';
import { T0 } from '../../support/given.ts';
import { anyHead, sampled, yearOf } from './given-samples.ts';

const utc = zoneOf('UTC');
const targets = {
  mtta: { overall: 5 * MINUTE },
  mttr: { severity: { P1_CRITICAL: HOUR }, overall: 6 * HOUR },
};
const year = yearOf(400, 3, targets);
const whole = { from: T0 - 366 * DAY, to: T0 + 1 };
const select = (wanted: Partial<Selection>, of = year) =>
  of.filter((sample) => isSelected(sample, { ...whole, ...wanted }, utc));

/** Each sample in exactly one part. */
const isDivided = (parts: readonly (readonly Sample[])[], of = year) => {
  expect(parts.reduce((sum, part) => sum + part.length, 0)).toBe(of.length);
  expect(new Set(parts.flat()).size).toBe(of.length);
};

describe('what stands behind a number', () => {
  it('of a window is what was opened in it, the end excluded: windows that touch share nothing', () => {
    const cut = fc.integer({ min: whole.from + 1, max: whole.to - 1 });
    fc.assert(
      fc.property(cut, (at) => {
        isDivided([select({ to: at }), select({ from: at })]);
        const [edge] = year;
        if (edge) expect(isInScope(edge, { from: at, to: edge.openedAt })).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('is divided by severity, by state, by hour and by the times of the week', () => {
    isDivided(severities.map((severity) => select({ severity })));
    for (const measure of measureNames) isDivided(durationStates.map((state) => select({ measure, state })));
    isDivided([...Array(24).keys()].map((hour) => select({ hour })));
    isDivided([...Array(7).keys()].map((weekday) => select({ weekday })));
    isDivided([select({ times: 'weekdays' }), select({ times: 'weekend' })]);
    isDivided([select({ times: 'working-hours' }), select({ times: 'off-hours' })]);
    isDivided([...new Set(year.map(({ service = NONE }) => service))].map((service) => select({ service })));
  });

  it('is as many as the summary and the standings say', () => {
    const summary = summaryOf(year);
    for (const measure of measureNames)
      for (const state of durationStates)
        expect(select({ measure, state })).toHaveLength(summary[measure].states[state]);
    for (const measure of targetMeasures) {
      const counts = countStandings(year, measure);
      for (const standing of standings) expect(select({ measure, standing })).toHaveLength(counts[standing]);
    }
  });

  it('of what is open is all of it, whenever it was opened', () => {
    const open = year.filter((sample) => sample.open);
    expect(open.length).toBeGreaterThan(0);
    expect(select({ open: true, from: T0, to: T0 + 1 })).toEqual(open);
    expect(select({ open: true, severity: 'P5_INFO' })).toEqual([]);
  });

  it('never grows by one more wish', () => {
    const wish = fc.record(
      {
        severity: fc.constantFrom(...severities),
        measure: fc.constantFrom(...measureNames),
        state: fc.constantFrom(...durationStates),
        weekday: fc.integer({ min: 0, max: 6 }),
        times: fc.constantFrom(...times),
        only: fc.constantFrom('phased' as const, 'unanswered' as const),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(wish, wish, (one, more) => {
        const before = new Set(select(one));
        for (const sample of select({ ...more, ...one })) expect(before.has(sample)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the times of a week', () => {
  it.each([
    [0, 9, ['weekdays', 'working-hours']],
    [4, 16, ['weekdays', 'working-hours']],
    [4, 17, ['weekdays', 'off-hours']],
    [5, 12, ['weekend', 'off-hours']],
  ] as const)('of weekday %i at %i:00 are %j', (weekday, hour, expected) => {
    expect(times.filter((when) => isAt(when, { weekday, hour }))).toEqual(expected);
  });
});

describe('the address of a selection', () => {
  it('names all that is asked for and nothing else', () => {
    const asked = new URLSearchParams(
      selectionQuery({ ...whole, measure: 'mtta', weekday: 0, service: undefined }, 'Asia/Tokyo', toText),
    );
    expect(Object.fromEntries(asked)).toEqual({
      ...{ from: toText(whole.from), to: toText(whole.to) },
      ...{ measure: 'mtta', weekday: '0', zone: 'Asia/Tokyo' },
    });
    expect(selectionQuery(whole, 'UTC', toText)).not.toContain('zone');
  });
});

describe('how an incident stands to its target', () => {
  it('is told of what is recorded or pending, and left and length are always the target', () => {
    fc.assert(
      fc.property(anyHead, (head) => {
        const sample = sampled(head, undefined, targets);
        for (const measure of targetMeasures) {
          const aim = standingOf(sample, measure);
          const measured = sample.durations[measure];
          expect(aim !== undefined).toBe(measured.state === 'recorded' || measured.state === 'pending');
          if (measured.state === 'recorded') expect(measured.ms + (aim?.left ?? 0)).toBe(aim?.target);
          if (measured.state === 'pending') expect(measured.soFar + (aim?.left ?? 0)).toBe(aim?.target);
          if (aim) expect(aim.left < 0).toBe(aim.standing === 'missed' || aim.standing === 'overdue');
        }
      }),
    );
  });
});
