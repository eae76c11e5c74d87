import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, type Instant, idOf, MINUTE } from '../../../shared/kernel/index.ts';
import {
  finalSchedule,
  type Override,
  onCallAt,
  overrideInput,
  type Schedule,
  scheduleSchema,
} from '../../../shared/on-call/index.ts';

const people = ['ann', 'bob', 'cid', 'zoe'].map((id) => ({ id }));
const at = (text: string): Instant => Date.parse(text);
const layer = { people: ['ann', 'bob'], startDate: '2026-01-05', handOff: '09:00' };
const schedule = (...layers: readonly object[]): Schedule =>
  scheduleSchema.parse({ id: 'web', name: 'Web', timeZone: 'Europe/Zurich', layers });
const override = (person: string, from: string, to: string, more: Partial<Override> = {}): Override => ({
  id: idOf('override', at(from), person, to),
  ...{ schedule: 'web', person, from: at(from), to: at(to), createdAt: at(from), createdBy: 'ann' },
  ...more,
});
const who = (of: Schedule, when: string, overrides: readonly Override[] = []) =>
  onCallAt(of, { overrides, people }, at(when)).person;
const spans = (of: Schedule, from: string, to: string, overrides: readonly Override[] = []) =>
  finalSchedule(of, { overrides, people }, at(from), at(to)).map(
    (span) =>
      `${new Date(span.from).toISOString().slice(5, 16)} ${span.person ?? '-'}${span.override ? ' instead' : ''}`,
  );

describe('layers', () => {
  const nights = { people: ['cid'], startDate: '2026-01-05', handOff: '09:00' };
  it('a later one covers an earlier one while it has somebody', () => {
    const only = [{ weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '22:00', to: '06:00' }];
    const covered = schedule(layer, { ...nights, only });
    expect(spans(covered, '2026-02-03T12:00Z', '2026-02-05T12:00Z')).toEqual([
      '02-03T12:00 ann',
      '02-03T21:00 cid',
      '02-04T05:00 ann',
      '02-04T21:00 cid',
      '02-05T05:00 ann',
    ]);
    // The night of Friday ends on Saturday, and that of Saturday does not begin.
    expect(who(covered, '2026-02-07T04:59Z')).toBe('cid');
    expect(who(covered, '2026-02-07T21:30Z')).toBe('ann');
  });
  it('[F37] restricted to hours leave gaps, in the wall time of the day on which they begin', () => {
    const office = schedule({ ...nights, only: [{ weekdays: ['sun'], from: '01:30', to: '03:30' }] });
    expect(spans(office, '2026-03-29T00:00Z', '2026-03-30T00:00Z')).toEqual([
      '03-29T00:00 -',
      '03-29T00:30 cid',
      '03-29T01:30 -',
    ]);
    expect(spans(office, '2026-10-25T00:00Z', '2026-10-26T00:00Z')).toEqual([
      '10-25T00:00 cid',
      '10-25T02:30 -',
    ]);
  });
  it('have nobody before their first hand-off', () => {
    expect(spans(schedule(layer), '2026-01-05T00:00Z', '2026-01-06T00:00Z')).toEqual([
      '01-05T00:00 -',
      '01-05T08:00 ann',
    ]);
  });
});

describe('an override', () => {
  const week = schedule(layer);
  it('takes over for whoever it is, from its beginning to before its end', () => {
    const zoe = override('zoe', '2026-02-03T12:00Z', '2026-02-03T14:00Z');
    expect(spans(week, '2026-02-03T10:00Z', '2026-02-03T20:00Z', [zoe])).toEqual([
      '02-03T10:00 ann',
      '02-03T12:00 zoe instead',
      '02-03T14:00 ann',
    ]);
  });
  it('for one person counts only in their turns', () => {
    const zoe = override('zoe', '2026-02-01T00:00Z', '2026-03-01T00:00Z', { instead: 'bob' });
    expect(spans(week, '2026-02-02T08:00Z', '2026-02-16T08:00Z', [zoe])).toEqual([
      '02-02T08:00 ann',
      '02-09T08:00 zoe instead',
    ]);
  });
  it('fills a gap; a later one goes over an earlier one, and may take over from it', () => {
    const only = [{ weekdays: ['mon'], from: '09:00', to: '17:00' }];
    const gap = override('bob', '2026-02-03T12:00Z', '2026-02-03T18:00Z');
    const swap = override('cid', '2026-02-03T14:00Z', '2026-02-03T15:00Z', { instead: 'bob' });
    expect(
      spans(schedule({ ...layer, only }), '2026-02-03T10:00Z', '2026-02-04T00:00Z', [swap, gap]),
    ).toEqual([
      '02-03T10:00 -',
      '02-03T12:00 bob instead',
      '02-03T14:00 cid instead',
      '02-03T15:00 bob instead',
      '02-03T18:00 -',
    ]);
  });
  it('of another schedule, or by somebody who is gone, does not count', () => {
    const other = override('zoe', '2026-02-01T00:00Z', '2026-03-01T00:00Z', { schedule: 'db' });
    const gone = override('gone', '2026-02-01T00:00Z', '2026-03-01T00:00Z');
    expect(who(week, '2026-02-03T12:00Z', [other, gone])).toBe('ann');
  });
  it('for oneself is refused', () => {
    const asked = { person: 'ann', to: '2026-02-01T00:00:00Z' };
    expect(overrideInput.safeParse({ ...asked, instead: 'ann' }).success).toBe(false);
    expect(overrideInput.safeParse({ ...asked, instead: 'bob' }).success).toBe(true);
  });
});

describe('a schedule', () => {
  it.each([
    ['an offset', { timeZone: '+02:00' }],
    ['a zone that there is not', { timeZone: 'Europe/Nowhere' }],
    ['a day that there is not', { layers: [{ ...layer, startDate: '2025-02-29' }] }],
    ['the hour 24', { layers: [{ ...layer, handOff: '24:00' }] }],
    ['nobody', { layers: [{ ...layer, people: [] }] }],
  ])('with %s is refused', (_, wrong) => {
    const right = { id: 'web', name: 'Web', timeZone: 'UTC', layers: [layer] };
    expect(scheduleSchema.safeParse(right).success).toBe(true);
    expect(scheduleSchema.safeParse({ ...right, ...wrong }).success).toBe(false);
  });

  const zones = [
    'Europe/Zurich',
    'America/Santiago',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Asia/Kathmandu',
  ];
  const anyTime = fc.integer({ min: 0, max: 24 * 60 - 1 }).map((minute) => {
    const two = (part: number) => String(part).padStart(2, '0');
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  });
  const anyLayer = fc.record(
    {
      people: fc.subarray(['ann', 'bob', 'cid'], { minLength: 1 }),
      startDate: fc.constantFrom('2011-12-20', '2026-03-01', '2026-09-20'),
      handOff: anyTime,
      every: fc.constantFrom('day', 'week', 2, 5),
      only: fc.array(
        fc.record({
          weekdays: fc.subarray(['mon', 'sat', 'sun'], { minLength: 1 }),
          from: anyTime,
          to: anyTime,
        }),
        { minLength: 1, maxLength: 2 },
      ),
    },
    { requiredKeys: ['people', 'startDate', 'handOff', 'every'] },
  );
  const anySchedule = fc
    .record({
      timeZone: fc.constantFrom(...zones),
      layers: fc.array(anyLayer, { minLength: 1, maxLength: 3 }),
    })
    .map((parts) => scheduleSchema.parse({ id: 'web', name: 'Web', ...parts }));
  const begins = ['2011-12-28T00:00Z', '2026-03-27T00:00Z', '2026-04-03T00:00Z', '2026-09-04T00:00Z'];

  it('in its final form says at every instant who is on call then, without a break and without two spans alike', () => {
    fc.assert(
      fc.property(
        anySchedule,
        fc.constantFrom(...begins),
        fc.array(fc.integer({ min: 0, max: 9 * DAY - 1 }), { minLength: 5, maxLength: 20 }),
        fc.option(fc.integer({ min: 0, max: 8 * DAY })),
        (of, begin, offsets, overrideAt) => {
          const from = at(begin);
          const some = { ...override('zoe', begin, begin), from: from + (overrideAt ?? 0) };
          const overrides = overrideAt === null ? [] : [{ ...some, to: some.from + 5 * HOUR }];
          const context = { overrides, people };
          const final = finalSchedule(of, context, from, from + 9 * DAY);
          expect(final[0]?.from).toBe(from);
          expect(final.at(-1)?.to).toBe(from + 9 * DAY);
          for (const [place, span] of final.slice(1).entries()) {
            expect(span.from).toBe(final[place]?.to);
            expect([span.person, span.override?.id]).not.toEqual([
              final[place]?.person,
              final[place]?.override?.id,
            ]);
          }
          for (const offset of offsets) {
            const span = final.find((one) => one.from <= from + offset && from + offset < one.to);
            expect(span?.person).toBe(onCallAt(of, context, from + offset).person);
          }
          for (const span of final.slice(1))
            expect(onCallAt(of, context, span.from - MINUTE / 60).person).toBe(
              final[final.indexOf(span) - 1]?.person,
            );
        },
      ),
      { numRuns: 60 },
    );
  });
});
