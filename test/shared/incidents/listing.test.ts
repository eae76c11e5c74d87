import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareNewest,
  countBySeverity,
  delayUntil,
  isListed,
  mergedNewest,
  monthsBack,
} from '../../../shared/incidents/index.ts';
import { DAY, idOf, MINUTE, monthOf } from '../../../shared/kernel/index.ts';
import { incidentAfter, minutes, opened, T0, triggered } from '../../support/given.ts';

const resolvedOne = incidentAfter(opened(), {
  type: 'incident.resolved',
  occurredAt: minutes(1),
  data: { generation: 1, reason: 'person' },
});

describe('a filter', () => {
  it('shows by state, severity, service and time', () => {
    const incident = triggered({ severity: 'P2_HIGH', service: 'checkout' });
    expect(isListed(incident, {})).toBe(true);
    expect(isListed(incident, { state: 'open' })).toBe(true);
    expect(isListed(incident, { state: 'resolved' })).toBe(false);
    expect(isListed(resolvedOne, { state: 'open' })).toBe(false);
    expect(isListed(incident, { severity: 'P1_CRITICAL' })).toBe(false);
    expect(isListed(incident, { service: 'search' })).toBe(false);
    expect(isListed(incident, { openedAfter: T0, openedBefore: T0 + 1 })).toBe(true);
    expect(isListed(incident, { openedBefore: T0 })).toBe(false);
    expect(isListed(incident, { openedAfter: T0 + 1 })).toBe(false);
  });
  it('never shows what was deleted', () => {
    expect(isListed({ ...triggered(), deletedAt: T0 }, {})).toBe(false);
  });
});

describe('the months of a list', () => {
  it('go back from the newest to the oldest, over the turn of the year and from the 31st', () => {
    expect(monthsBack(Date.UTC(2026, 0, 31), Date.UTC(2025, 10, 1))).toEqual([
      '2026-01',
      '2025-12',
      '2025-11',
    ]);
    expect(monthsBack(T0, T0)).toEqual(['2026-11']);
    expect(monthsBack(T0 - 40 * DAY, T0)).toEqual([]);
  });
  it('hold the month of every instant in between', () => {
    const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(instant, instant, instant, (a, b, c) => {
        const [oldest = 0, between = 0, newest = 0] = [a, b, c].sort((x, y) => x - y);
        const months = monthsBack(newest, oldest);
        expect(months).toContain(monthOf(between));
        expect(new Set(months).size).toBe(months.length);
      }),
    );
  });
});

describe('the order of a list', () => {
  it('is total: newest first, equal times by id', () => {
    const place = fc.record({ openedAt: fc.nat(3), id: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(Math.sign(compareNewest(a, b))).toBe(-Math.sign(compareNewest(b, a)) || 0);
        expect(compareNewest(a, b) === 0).toBe(a.id === b.id && a.openedAt === b.openedAt);
      }),
    );
  });
  it('holds each incident once, as the first source has it', () => {
    const other = { ...resolvedOne, id: idOf('incident', T0, 'other'), openedAt: T0 + 1 };
    const merged = mergedNewest([triggered()], [resolvedOne, other]);
    expect(merged.map(({ id, state }) => [id, state])).toEqual([
      [other.id, 'resolved'],
      [triggered().id, 'triggered'],
    ]);
  });
});

describe('the counts of a list', () => {
  it('name every severity', () => {
    const all = [triggered({ severity: 'P2_HIGH' }), resolvedOne, triggered({ severity: 'P2_HIGH' })];
    expect(countBySeverity(all)).toEqual({
      P1_CRITICAL: 1,
      P2_HIGH: 2,
      P3_MEDIUM: 0,
      P4_LOW: 0,
      P5_INFO: 0,
    });
  });
});

describe('the delay of a step', () => {
  it('is never early and never longer than a queue allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: -DAY, max: DAY }), (rest) => {
        const delay = delayUntil(T0 + rest, T0);
        expect(delay === undefined).toBe(rest > 15 * MINUTE);
        if (delay === undefined) return;
        expect(delay).toBeLessThanOrEqual(900);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay * 1_000).toBeGreaterThanOrEqual(rest);
      }),
    );
  });
});
