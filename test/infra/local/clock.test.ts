import { expect, test } from 'vitest';
import { movingClock } from '../../../infra/local/clock.ts';

test('a clock begins with real time or at the given instant, and runs on', () => {
  const before = Date.now();
  const real = movingClock().now();
  const monday = Date.parse('2027-03-01T09:00:00Z');
  const clock = movingClock(monday);
  const since = clock.now() - monday;
  const took = Date.now() - before;
  expect(real).toSatisfy((now: number) => before <= now && now <= before + took);
  expect(since).toSatisfy((passed: number) => 0 <= passed && passed <= took);
});

test('a clock moves forward by what it is told, and never back', () => {
  const clock = movingClock();
  const before = clock.now();
  clock.move(3_600_000);
  expect(clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
  expect(() => clock.move(-1)).toThrow(/only moves forward, got -1 ms/);
  expect(() => clock.move(Number.NaN)).toThrow(RangeError);
});
