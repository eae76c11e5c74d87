import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, HOUR, type Instant } from '../../../shared/kernel/index.ts';
import { scheduleSchema } from '../../../shared/on-call/index.ts';

/** How often the calendar of a zone was asked, which is nearly all that a schedule costs. */
let asked = 0;
let onCall: typeof import('../../../shared/on-call/index.ts');
let zone: typeof import('../../../shared/on-call/zone.ts');

function counting<Input extends unknown[], Output>(call: (...input: Input) => Output) {
  return (...input: Input): Output => {
    asked++;
    return call(...input);
  };
}

// Other files of this process have the real ones loaded already, and shall have them again.
beforeAll(async () => {
  vi.resetModules();
  vi.doMock('temporal-polyfill/fns/Instant', async (load) => {
    const real = await load<typeof import('temporal-polyfill/fns/Instant')>();
    return { ...real, toZonedDateTimeISO: counting(real.toZonedDateTimeISO) };
  });
  vi.doMock('temporal-polyfill/fns/PlainDateTime', async (load) => {
    const real = await load<typeof import('temporal-polyfill/fns/PlainDateTime')>();
    return { ...real, toZonedDateTime: counting(real.toZonedDateTime) };
  });
  onCall = await import('../../../shared/on-call/index.ts');
  zone = await import('../../../shared/on-call/zone.ts');
});
afterAll(() => {
  vi.doUnmock('temporal-polyfill/fns/Instant');
  vi.doUnmock('temporal-polyfill/fns/PlainDateTime');
  vi.resetModules();
});
beforeEach(() => {
  asked = 0;
});

const at: Instant = Date.UTC(2026, 10, 25, 3);
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const two = (number: number): string => String(number).padStart(2, '0');
const layer = { people: ['ann', 'bob'], startDate: '2024-01-01', handOff: '09:00' };
const scheduleOf = (layers: readonly object[], id = 'web') =>
  scheduleSchema.parse({ id, name: 'Web', timeZone: 'Europe/Zurich', layers });
const office = scheduleOf([{ ...layer, only: [{ weekdays, from: '09:00', to: '17:00' }] }]);
/** As many layers and windows as there may be, in each of which nearly all hours change hands. */
const largest = scheduleOf(
  Array.from({ length: 10 }, (_, place) => ({
    ...layer,
    every: 'day',
    only: Array.from({ length: 20 }, (_, hour) => ({
      weekdays,
      from: `${two(hour)}:${two(place * 5)}`,
      to: `${two(hour)}:${two(place * 5 + 3)}`,
    })),
  })),
);
const people = ['ann', 'bob'].map((id) => ({ id, name: id, email: `${id}@example.com` }));
const duty = { people, overrides: [] };

describe('what a schedule costs', () => {
  it('is the days that are looked at, however many layers and windows there are', () => {
    const spans = onCall.finalSchedule(largest, duty, at, at + 14 * DAY);
    expect(spans.length).toBeGreaterThan(14 * 20 * 10);
    expect(asked).toBeLessThan(14 + 16);
    expect(asked).toBeGreaterThan(14);
  });
  it('is a few days where the next change is near, and all of them only where none comes', () => {
    const of = (one: typeof office) => onCall.onCallOf(one, { ...duty, schedules: [one] }, at);
    expect(of(office)).toMatchObject({ until: '2026-11-25T08:00:00.000Z' });
    expect(asked).toBeLessThan(16);
    asked = 0;
    expect(of(scheduleOf([{ ...layer, every: 30 }]))).toHaveProperty('until');
    expect(of(scheduleOf([{ ...layer, every: 366 }]))).not.toHaveProperty('until');
  });
  it('is spent once where many policies name it', () => {
    const levels = [{ targets: ['web'], delay: 300 }];
    const policies = Array.from({ length: 50 }, (_, place) => ({
      id: `p${place}`,
      name: 'P',
      levels,
      repeat: 0,
    }));
    const one = { ...duty, schedules: [largest] };
    onCall.onCallNow(policies.slice(0, 1), one, people, at);
    const once = asked;
    asked = 0;
    onCall.onCallNow(policies, one, people, at);
    expect(asked).toBe(once);
  });
});

describe('instants of one zone', () => {
  const zones = [
    ...['Europe/Zurich', 'America/Santiago', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu'],
    ...[
      'Africa/Casablanca',
      'Africa/Monrovia',
      'Pacific/Kwajalein',
      'America/St_Johns',
      'Pacific/Kiritimati',
    ],
  ];
  it('are those of the calendar, on every day of changes too', () => {
    const begins = [
      Date.UTC(2011, 11, 27),
      Date.UTC(2026, 1, 1),
      Date.UTC(1972, 0, 3),
      Date.UTC(1993, 7, 18),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...begins, undefined),
        fc.integer({ min: 0, max: 130 * 365 }),
        fc.array(fc.integer({ min: 0, max: 24 * 60 - 1 }), { minLength: 1, maxLength: 4 }),
        (name, begin, any, minutes) => {
          const first = begin === undefined ? any : begin / DAY + (any % 300);
          const when = zone.instantsIn(name);
          for (const day of [first, first + 1, first + 2, first - 1])
            for (const minute of minutes)
              expect(when({ day, minute })).toBe(zone.instantOf({ day, minute }, name));
        },
      ),
      { numRuns: 300 },
    );
  });
  it('are asked of the calendar once for four days, but around a change', () => {
    const when = zone.instantsIn('Europe/Zurich');
    for (let minute = 0; minute < 24 * 60; minute += 10) when({ day: 20_783, minute });
    expect(asked).toBe(4);
    expect(when({ day: 20_783, minute: 60 }) % HOUR).toBe(0);
  });
});
