import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arrivals, rateLimit, type SignalLine } from '../../../shared/alerts/index.ts';
import { idOf, MINUTE, SECOND } from '../../../shared/kernel/index.ts';

const begin = Date.UTC(2026, 10, 23, 3);
const integration = idOf('integration', 0, 'a');
const line = (second: number, of: SignalLine['integration'] = integration): SignalLine => ({
  ...{ receipt: 'r', place: 0, fingerprint: 'f', state: 'firing', at: begin },
  receivedAt: begin + second * SECOND,
  integration: of,
});
/** What arrives in a minute of which each second brings so many. */
function minuteOf(seconds: readonly number[]) {
  const arrivals = new Arrivals();
  for (const [second, count] of seconds.entries()) for (let i = 0; i < count; i++) arrivals.add(line(second));
  return arrivals.byIntegration()[0]?.[1];
}
const each = (count: number, seconds = 60) => Array<number>(seconds).fill(count);

describe('[M19] the limit of an integration', () => {
  it.each([
    ['100 a second for a minute', each(100), false],
    ['101 a second for a minute', each(101), true],
    ['1,000 at once', [1_000], false],
    ['1,001 at once', [1_001], true],
    ['600 a second for two seconds', [600, 600], true],
    ['300 a second for five seconds, then none', each(300, 5), true],
    ['300 a second for four seconds, then none', each(300, 4), false],
    ['1,000 at once after 50 s of 101', [...each(101, 50), 1_000], true],
    ['1,000 at once after a quiet second', [...each(10, 50), 0, 1_000], false],
  ])('is passed or not by %s', (_, seconds, isOver) => {
    expect(minuteOf(seconds)?.isOver).toBe(isOver);
  });

  it('counts all, never more often than the sender did, and knows the last', () => {
    const seconds = fc.array(fc.nat(40), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(seconds, (counts) => {
        const arrived = minuteOf(counts);
        const sum = counts.reduce((total, count) => total + count, 0);
        if (sum === 0) return arrived === undefined;
        const last = counts.findLastIndex((count) => count > 0);
        expect(arrived).toEqual({ alerts: sum, lastAt: begin + last * SECOND, isOver: false });
        return sum <= rateLimit.sustained * (MINUTE / SECOND);
      }),
    );
  });

  it('is of each integration alone; lines that name none count for nobody', () => {
    const arrivals = new Arrivals();
    const other = idOf('integration', 0, 'b');
    for (let i = 0; i < 2_000; i++) arrivals.add(line(1));
    arrivals.add(line(1, other));
    const { integration: _, ...nameless } = line(1);
    arrivals.add(nameless);
    expect(new Map(arrivals.byIntegration())).toMatchObject(
      new Map([
        [integration, { alerts: 2_000, lastAt: begin + SECOND, isOver: true }],
        [other, { alerts: 1, lastAt: begin + SECOND, isOver: false }],
      ]),
    );
  });
});
